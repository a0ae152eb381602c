package lake

import (
	"errors"
	"testing"

	"stapel/pipeline/exit"
)

// TestLocks: several read at once, one that changes things is alone, and who is refused hears with which exit code.
func TestLocks(t *testing.T) {
	l := open(t, t.TempDir())
	take := func(lock func() (*Lock, error)) *Lock {
		t.Helper()
		got, err := lock()
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	refused := func(lock func() (*Lock, error)) {
		t.Helper()
		var e *exit.Error
		if _, err := lock(); !errors.As(err, &e) || e.Code != exit.Locked {
			t.Errorf("got %v, want an error with code %d", err, exit.Locked)
		}
	}
	one, two := take(l.LockShared), take(l.LockShared)
	refused(l.Lock)
	one.Unlock()
	refused(l.Lock)
	two.Unlock()
	alone := take(l.Lock)
	refused(l.Lock)
	refused(l.LockShared)
	alone.Unlock()
	take(l.Lock).Unlock()
}
