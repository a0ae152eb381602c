package lake

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"stapel/pipeline/chain"
	"stapel/pipeline/exit"
)

// move is os.Rename; tests let it fail.
var move = os.Rename

// WriteFile writes a new file with mode 0600 and syncs it.
func WriteFile(name string, data []byte) error {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	if _, err := f.Write(data); err != nil {
		f.Close()
		return err
	}
	if err := f.Sync(); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// WriteNew writes a file that is not there yet, for its owner alone, and makes it last; fs.ErrExist when it is there. It is there whole or not
// at all.
func WriteNew(name string, data []byte) error {
	return writeNew(name, func(f *os.File) error {
		_, err := f.Write(data)
		return err
	})
}

// writeNew writes beside the place, and puts it there when it is whole: of a process that is killed nothing bears the name.
func writeNew(name string, write func(f *os.File) error) error {
	if err := free(name); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), halfName)
	if err != nil {
		return instead(err, "", name)
	}
	defer os.Remove(f.Name())
	if err = write(f); err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = settle(f.Name(), name)
	}
	if err != nil {
		return instead(err, f.Name(), name)
	}
	return nil
}

// halfName is what a file is called that is not whole yet, and who was killed leaves beside what it wrote.
const halfName = ".stapel-*.deel"

// settle is Rename of a file to a name that nothing bears. Not every file system can have two names for a file; there it is looked at first.
func settle(part, name string) error {
	if err := makeFolder(filepath.Dir(name)); err != nil {
		return err
	}
	err := link(part, name)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		if err = free(name); err == nil {
			err = move(part, name)
		}
	}
	if err != nil {
		return err
	}
	return Sync(filepath.Dir(name))
}

// free reports whether nothing bears a name: fs.ErrExist when something does.
func free(name string) error {
	_, err := os.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err == nil:
		return &fs.PathError{Op: "create", Path: name, Err: fs.ErrExist}
	}
	return err
}

// link is os.Link; tests let it fail.
var link = os.Link

// instead is an error that names the file as who asked for it does.
func instead(err error, part, name string) error {
	var at *fs.PathError
	if errors.As(err, &at) && (part == "" || at.Path == part) {
		return &fs.PathError{Op: at.Op, Path: name, Err: at.Err}
	}
	var two *os.LinkError
	if errors.As(err, &two) {
		return &fs.PathError{Op: two.Op, Path: name, Err: two.Err}
	}
	return err
}

// WriteNewFrom is WriteNew of what write writes.
func WriteNewFrom(name string, write func(io.Writer) error) error {
	return writeNew(name, func(f *os.File) error {
		w := bufio.NewWriter(f)
		if err := write(w); err != nil {
			return err
		}
		return w.Flush()
	})
}

// WriteOut writes the file that --uit names, for its owner alone. One that is there is left alone; remedy says what to do then.
func WriteOut(name string, write func(io.Writer) error, remedy string) error {
	err := WriteNewFrom(name, write)
	if errors.Is(err, fs.ErrExist) {
		return exit.Misuse(remedy, "the file of --uit is there")
	}
	return err
}

// AppendLine adds a line of JSON to a log, chained to the line before, and makes it last. A line that was cut off stays a line of its own.
func AppendLine(name string, entry any) error {
	if err := chain.Append(name, entry); err != nil {
		return err
	}
	return Sync(filepath.Dir(name))
}

// SyncTree syncs every file below dir and the folders that hold them, so that a rename that follows publishes bytes that
// are on disk.
func SyncTree(dir string) error {
	return filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return Sync(p)
	})
}

// Sync makes a file, or what a folder names, last.
func Sync(p string) error {
	f, err := os.Open(p)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := f.Sync(); err != nil {
		return fmt.Errorf("sync: %w", err)
	}
	return nil
}

// Rename moves within a file system and makes the move last: contents first, then the folder that names it.
func Rename(from, to string) error {
	if err := SyncTree(from); err != nil {
		return err
	}
	if err := makeFolder(filepath.Dir(to)); err != nil {
		return err
	}
	if err := move(from, to); err != nil {
		return err
	}
	return Sync(filepath.Dir(to))
}

// away moves what is in place to where it counts for nothing, and makes it last that it is gone. Nothing there is no fault.
func away(place, to string) error { return gone(place, move(place, to)) }

// Remove removes a file and makes it last that it is gone. Nothing there is no fault.
func Remove(name string) error { return gone(name, os.Remove(name)) }

// gone makes it last that a name is no more, after what was tried to that end.
func gone(name string, tried error) error {
	if errors.Is(tried, fs.ErrNotExist) {
		return nil
	}
	if tried != nil {
		return tried
	}
	return Sync(filepath.Dir(name))
}

// makeFolder makes a folder and those above it, each named in its parent for good.
func makeFolder(dir string) error {
	err := os.Mkdir(dir, 0o700)
	switch {
	case errors.Is(err, fs.ErrExist):
		return nil
	case errors.Is(err, fs.ErrNotExist) && filepath.Dir(dir) != dir:
		if err := makeFolder(filepath.Dir(dir)); err != nil {
			return err
		}
		return makeFolder(dir)
	case err != nil:
		return err
	}
	return Sync(filepath.Dir(dir))
}

// AppendWhole adds a line to a file that has to stay a list of whole lines, and makes it last. A tail that was cut off before its end of line was
// never a line, and goes.
func AppendWhole(name string, line []byte) error {
	if err := makeFolder(filepath.Dir(name)); err != nil {
		return err
	}
	data, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	if whole := int64(bytes.LastIndexByte(data, '\n') + 1); whole < int64(len(data)) {
		err = f.Truncate(whole)
	}
	if err == nil {
		_, err = f.Write(append(line, '\n'))
	}
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return Sync(filepath.Dir(name))
}
