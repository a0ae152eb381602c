// Package exit has what a command ends with: an exit code, and an error that carries one and says what to do.
package exit

import "fmt"

// Code is the exit code of a command; docs/commands.md lists them. A code that is not known is a failure.
type Code int

// Exit codes (outputs). Quarantine within its limit is said, not punished.
const (
	Done         Code = 0
	Failed       Code = 1
	Usage        Code = 2
	Quarantined  Code = 3 // --strict: lines were quarantined, or files not read
	Refused      Code = 4 // an extract was refused, the rest was done; of check: it would be refused, or not read
	ChecksFailed Code = 5 // nothing published
	Disclosure   Code = 6
	Locked       Code = 11
	Difference   Code = 12
	Interrupted  Code = 130
)

// Error is a failure with its exit code and what to do about it.
type Error struct {
	Code   Code
	Err    error
	Remedy string
}

func (e *Error) Error() string {
	if e.Remedy == "" {
		return e.Err.Error()
	}
	return e.Err.Error() + "; " + e.Remedy
}

func (e *Error) Unwrap() error { return e.Err }

// Misuse is an error of how a command was called, or of what it was given: exit code 2.
func Misuse(remedy, format string, a ...any) error {
	return &Error{Code: Usage, Err: fmt.Errorf(format, a...), Remedy: remedy}
}
