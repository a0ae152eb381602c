// Package progress says how far a run is to whoever wants to show it.
package progress

import "sync"

// Progress is told how far a run is.
type Progress interface {
	// Stage starts a stage of total steps (0: unknown).
	Stage(name string, total int64)
	// Add says that n more steps are done.
	Add(n int64)
	// Done ends the stage.
	Done()
}

// Or is p, and silent when there is none.
func Or(p Progress) Progress {
	if p == nil {
		return silent{}
	}
	return p
}

type silent struct{}

func (silent) Stage(string, int64) {}
func (silent) Add(int64)           {}
func (silent) Done()               {}

// Serial is p for those who add side by side.
func Serial(p Progress) Progress { return &serial{Progress: p} }

type serial struct {
	Progress
	mu sync.Mutex
}

func (s *serial) Add(n int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Progress.Add(n)
}
