package lake

import (
	"errors"
	"io/fs"
	"os"

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

// Busy reports whether somebody changes the data folder now. It makes nothing in it, and asks once: a run that begins at that very moment is refused.
func (l *Lake) Busy() (bool, error) {
	if _, err := os.Stat(l.dir(LockName)); errors.Is(err, fs.ErrNotExist) {
		return false, nil // trying would make it
	}
	lock, err := l.LockShared()
	if err == nil {
		return false, lock.Unlock()
	}
	if e, ok := errors.AsType[*exit.Error](err); !ok || e.Code != exit.Locked {
		return false, err
	}
	return true, nil
}

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
