package duckdb

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unsafe"

	duck "github.com/duckdb/duckdb-go/v2"
	"github.com/duckdb/duckdb-go/v2/mapping"
)

// session is one connection to a DuckDB in memory. It calls DuckDB's own functions and not database/sql: there each statement is prepared
// before it runs, and DuckDB then plans it twice, for what it planned of a Parquet file may no longer be so when it runs. Planning is most
// of what the many small statements of a run cost.
type session struct {
	db    mapping.Database
	conn  mapping.Connection
	tight mapping.Connection // sees the same tables, and puts what it sorts, joins and groups on disk from the start
}

// newSession opens a database in memory and connects to it.
func newSession() (*session, error) {
	var config mapping.Config
	defer mapping.DestroyConfig(&config)
	if mapping.CreateConfig(&config) == mapping.StateError {
		return nil, errors.New("duckdb: no configuration can be made")
	}
	s := &session{}
	var why string
	if mapping.OpenExt("", &s.db, config, &why) == mapping.StateError {
		mapping.Close(&s.db)
		if strings.Contains(why, "Out of Memory") {
			return nil, errors.New("duckdb: the process may not take the memory that the engine begins with; raise its limit (ulimit -v, or that of its cgroup)")
		}
		return nil, fmt.Errorf("duckdb: it can't be opened: %s", why)
	}
	for _, conn := range []*mapping.Connection{&s.conn, &s.tight} {
		if mapping.Connect(s.db, conn) == mapping.StateError {
			s.close()
			return nil, errors.New("duckdb: no connection can be made")
		}
	}
	return s, nil
}

func (s *session) close() {
	mapping.Disconnect(&s.tight)
	mapping.Disconnect(&s.conn)
	mapping.Close(&s.db)
}

// interruptAgain is how long a statement that was interrupted gets before it is interrupted again: the first time may come before it began.
const interruptAgain = 10 * time.Millisecond

// run runs a statement and hands its result to read, when that is not nil. The error is the context's when it is done, else a *duck.Error.
func (s *session) run(ctx context.Context, text string, read func(*mapping.Result) error) error {
	return runOn(ctx, s.conn, text, read)
}

// query is run of a SELECT, or of a COPY of one. When it ends for want of memory it is asked again of the other connection: DuckDB expects by itself how much
// will have to go to disk, and ends when it finds out too late. What comes out is the same. again, when not nil, is called before that.
func (s *session) query(ctx context.Context, text string, again func(), read func(*mapping.Result) error) error {
	err := runOn(ctx, s.conn, text, read)
	if !ofMemory(err) {
		return err
	}
	if again != nil {
		again()
	}
	return runOn(ctx, s.tight, text, read)
}

func runOn(ctx context.Context, conn mapping.Connection, text string, read func(*mapping.Result) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if strings.ContainsRune(text, 0) {
		return errors.New("a NUL byte in a statement") // DuckDB would see what is before it alone
	}
	done, stopped := make(chan struct{}), make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(stopped)
		for {
			mapping.Interrupt(conn)
			select {
			case <-done:
				return
			case <-time.After(interruptAgain):
			}
		}
	})
	var res mapping.Result
	state := mapping.Query(conn, text, &res)
	defer mapping.DestroyResult(&res)
	close(done)
	if !stop() {
		<-stopped // or it interrupts the next statement
	}
	if state == mapping.StateError {
		if err := ctx.Err(); err != nil {
			return err
		}
		return &duck.Error{Type: duck.ErrorType(mapping.ResultErrorType(&res)), Msg: mapping.ResultError(&res)}
	}
	if read == nil {
		return nil
	}
	return read(&res)
}

// number runs a SELECT of one BIGINT.
func (s *session) number(ctx context.Context, query string) (n int64, err error) {
	err = s.query(ctx, query, nil, func(res *mapping.Result) error {
		if mapping.ColumnCount(res) != 1 || mapping.ColumnType(res, 0) != mapping.TypeBigInt {
			return errors.New("it does not give one BIGINT")
		}
		rows := 0
		err := chunks(res, func(chunk mapping.DataChunk, size int) error {
			vec := mapping.DataChunkGetVector(chunk, 0)
			if rows += size; rows != 1 || !valid(vec, 0) {
				return errors.New("it does not give one number")
			}
			n = *(*int64)(mapping.VectorGetData(vec))
			return nil
		})
		if err == nil && rows != 1 {
			err = errors.New("it does not give one number")
		}
		return err
	})
	return n, err
}

// texts runs a SELECT of VARCHAR columns, none of them ever null.
func (s *session) texts(ctx context.Context, query string) (rows [][]string, err error) {
	err = s.run(ctx, query, func(res *mapping.Result) error {
		columns := int(mapping.ColumnCount(res))
		for c := range columns {
			if mapping.ColumnType(res, mapping.IdxT(c)) != mapping.TypeVarchar {
				return errors.New("it does not give text")
			}
		}
		return chunks(res, func(chunk mapping.DataChunk, size int) error {
			first := len(rows)
			for range size {
				rows = append(rows, make([]string, columns))
			}
			for c := range columns {
				vec := mapping.DataChunkGetVector(chunk, mapping.IdxT(c))
				values := unsafe.Slice((*mapping.StringT)(mapping.VectorGetData(vec)), size)
				for i := range values {
					if !valid(vec, i) {
						return errors.New("a text is null")
					}
					rows[first+i][c] = mapping.StringTData(&values[i])
				}
			}
			return nil
		})
	})
	return rows, err
}

// chunks calls f with every piece of a result that has rows, and their number.
func chunks(res *mapping.Result, f func(chunk mapping.DataChunk, size int) error) error {
	for {
		chunk := mapping.FetchChunk(*res)
		if chunk.Ptr == nil {
			return nil
		}
		err := f(chunk, int(mapping.DataChunkGetSize(chunk)))
		mapping.DestroyDataChunk(&chunk)
		if err != nil {
			return err
		}
	}
}

// valid is false of a null.
func valid(vec mapping.Vector, row int) bool {
	mask := mapping.VectorGetValidity(vec)
	return mask == nil || mapping.ValidityRowIsValid(mask, mapping.IdxT(row))
}
