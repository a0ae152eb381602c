package lake

import (
	"errors"

	"github.com/gofrs/flock"

	"stapel/pipeline/exit"
)

// LockName is the file that is locked. That it is there says nothing: a lock ends with the process that holds it.
const LockName = ".lock"

// A Lock is held until it is let go.
type Lock struct{ file *flock.Flock }

// Unlock lets go.
func (l *Lock) Unlock() error { return l.file.Unlock() }

// Lock takes the data folder for one that changes what is in it: a run, a selection. Nobody else has it then.
func (l *Lake) Lock() (*Lock, error) { return l.lock((*flock.Flock).TryLock) }

// LockShared takes the data folder for one that reads: others may read too, but nobody changes it.
func (l *Lake) LockShared() (*Lock, error) { return l.lock((*flock.Flock).TryRLock) }

func (l *Lake) lock(try func(*flock.Flock) (bool, error)) (*Lock, error) {
	lock := &Lock{flock.New(l.dir(LockName))}
	got, err := try(lock.file)
	if err != nil {
		return nil, err
	}
	if !got {
		return nil, &exit.Error{Code: exit.Locked, Err: errors.New("another run is busy in this data folder"), Remedy: "wait until it is done"}
	}
	return lock, nil
}
