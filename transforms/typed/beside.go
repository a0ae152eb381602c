package typed

import (
	"context"
	"strings"
)

// Beside is what a model in Go may use beside the tables that it reads, to do less work: nothing of it changes a row. The zero value is nothing.
type Beside struct {
	Notes Notes // nil: no notes
	Memo  *Memo // nil: nothing is shared
}

// Notes are results of parts of models, each under a key of all that it follows from, of this run and earlier ones. Who takes one decodes it, and computes when
// that fails. Nil is none.
type Notes interface {
	Take(key string) ([]byte, bool)
	Put(key string, data []byte)
}

// Memo is what one model of a run made of tables for the others that read the same ones. It holds one thing, the last.
type Memo struct {
	key   string
	value any
}

type besideKey struct{}

func besideOf(ctx context.Context) Beside {
	b, _ := ctx.Value(besideKey{}).(Beside)
	return b
}

// NotesOf are the notes of the model that is run with ctx; nil when there are none.
func NotesOf(ctx context.Context) Notes { return besideOf(ctx).Notes }

// A File is a table that lies in a file.
type File interface{ from() string }

func (t Table[T]) from() string { return t.file }

// Shared is what makes makes of tables, or what it made of the same files before, when nothing else was shared since. Nobody may change it.
func Shared[V any](ctx context.Context, makes func() (V, error), tables ...File) (V, error) {
	memo := besideOf(ctx).Memo
	var files []string
	for _, t := range tables {
		if t.from() == "" {
			memo = nil
		}
		files = append(files, t.from())
	}
	if memo == nil {
		return makes()
	}
	key := strings.Join(files, "\x00")
	if v, ok := memo.value.(V); ok && memo.key == key {
		return v, nil
	}
	v, err := makes()
	if err == nil {
		memo.key, memo.value = key, v
	}
	return v, err
}
