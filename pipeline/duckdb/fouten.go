package duckdb

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"syscall"

	duck "github.com/duckdb/duckdb-go/v2"

	"stapel/pipeline/engine"
)

// quoted is what DuckDB's messages put between quotes and is a path.
var quoted = regexp.MustCompile(`["'][^"']*[/\\\\][^"']*["']`)

// explain turns an error of DuckDB into one line of ours: what it was about and, where a setting or room on a disk helps, which.
// Of errors about the query itself (binder, parser, catalog) the first line stays, with paths left out; of the rest only the kind,
// because a conversion error quotes the value. dir is the folder that was written to.
func (e *Engine) explain(what, dir string, err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	var de *duck.Error
	if !errors.As(err, &de) {
		return fmt.Errorf("%s: %w", what, err)
	}
	msg, _, _ := strings.Cut(strings.TrimSpace(de.Msg), "\n")
	kind, _, _ := strings.Cut(msg, ":")
	switch full := strings.ToLower(de.Msg); {
	case de.Type == duck.ErrorTypeInterrupt:
		return fmt.Errorf("%s: %w", what, context.Canceled)
	case strings.Contains(full, "max_temp_directory_size"), strings.Contains(full, "failed to offload"):
		return fmt.Errorf("%s: no space left on the disk of %s, where the engine puts what does not fit in its %d MB of memory; make room there, "+
			"put the data folder on a larger disk (--data), or raise engine.memory_mb", what, e.spill, e.memory)
	case strings.Contains(full, "no space left"), strings.Contains(full, "disk quota"):
		return fmt.Errorf("%s: no space left on the disk of %s; make room there, or put the data folder on a larger disk (--data)", what, dir)
	case ofMemory(err):
		return fmt.Errorf("%s: computing needs more memory than engine.memory_mb allows (%d MB); raise engine.memory_mb in stapel.yaml "+
			"(or STAPEL_ENGINE_MEMORY_MB), or lower engine.threads", what, e.memory)
	case de.Type == duck.ErrorTypePermission:
		return engine.QueryError(fmt.Sprintf("%s: it asks for a file, or a setting, that the engine may not use", what))
	case de.Type == duck.ErrorTypeBinder, de.Type == duck.ErrorTypeParser, de.Type == duck.ErrorTypeCatalog:
		return engine.QueryError(fmt.Sprintf("%s: %s", what, quoted.ReplaceAllString(msg, "a file")))
	case de.Type == duck.ErrorTypeIO && ofSystem(msg) != nil:
		return fmt.Errorf("%s: %w", what, ofSystem(msg))
	case de.Type == duck.ErrorTypeIO:
		return fmt.Errorf("%s: %s", what, quoted.ReplaceAllString(msg, "a file"))
	default:
		text := fmt.Sprintf("%s: %s (the rest of the engine's message is left out, for it may quote data)", what, kind)
		if slices.Contains(ofQueries, de.Type) {
			return engine.QueryError(text)
		}
		return errors.New(text)
	}
}

// ofMemory is true of an error for want of memory, and not of room on the disk.
func ofMemory(err error) bool {
	var de *duck.Error
	if !errors.As(err, &de) || de.Type != duck.ErrorTypeOutOfMemory {
		return false
	}
	full := strings.ToLower(de.Msg)
	return !strings.Contains(full, "max_temp_directory_size") && !strings.Contains(full, "failed to offload")
}

// ofSystem is what the file system had against a file that DuckDB opened, as Go would have it; nil when DuckDB says something else.
func ofSystem(msg string) error {
	for text, why := range map[string]error{"Permission denied": syscall.EACCES, "Too many open files": syscall.EMFILE, "Read-only file system": syscall.EROFS,
		"File too large": syscall.EFBIG, "Input/output error": syscall.EIO} {
		if name := quoted.FindString(msg); name != "" && strings.Contains(msg, text) {
			return &fs.PathError{Op: "open", Path: strings.Trim(name, `"'`), Err: why}
		}
	}
	return nil
}

// ofQueries are the other errors that a SELECT makes of its rows, wherever it runs.
var ofQueries = []duck.ErrorType{duck.ErrorTypeConversion, duck.ErrorTypeOutOfRange, duck.ErrorTypeInvalidInput, duck.ErrorTypeMismatchType,
	duck.ErrorTypeDivideByZero, duck.ErrorTypeInvalidType, duck.ErrorTypeNotImplemented, duck.ErrorTypeExpression, duck.ErrorTypeSyntax,
	duck.ErrorTypeDecimal, duck.ErrorTypeUnknownType, duck.ErrorTypeObjectSize}
