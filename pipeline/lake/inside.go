package lake

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
)

// Inside reports whether a name leads to a folder or into it. It looks at where the names lead, also when neither is there yet.
func Inside(folder, name string) (bool, error) {
	dir, err := real(folder)
	if err != nil {
		return false, err
	}
	at, err := real(name)
	if err != nil {
		return false, err
	}
	rel, err := filepath.Rel(dir, at)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator)), nil
}

// real is where a name leads; of what is not there the folder that is.
func real(name string) (string, error) {
	abs, err := filepath.Abs(name)
	if err != nil {
		return "", err
	}
	there, err := filepath.EvalSymlinks(abs)
	if !errors.Is(err, fs.ErrNotExist) {
		return there, err
	}
	above, err := real(filepath.Dir(abs))
	return filepath.Join(above, filepath.Base(abs)), err
}
