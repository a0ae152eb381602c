package typed

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
)

// TestShared: what is made of the same files is made once, as long as nothing else was; of other files, of tables that are no files, without a memo and after an
// error it is made anew.
func TestShared(t *testing.T) {
	type row struct {
		N int64 `parquet:"n"`
	}
	type tables struct {
		A Table[row] `table:"a"`
		B Table[row] `table:"b"`
	}
	made, fail := 0, errors.New("no")
	f, err := FuncOf(func(ctx context.Context, in tables) ([]row, error) {
		v, err := Shared(ctx, func() (int64, error) {
			made++
			a, err := in.A.One(ctx)
			if a.N == 0 {
				return 0, fail
			}
			return a.N, err
		}, in.A, in.B)
		return []row{{v}}, err
	})
	if err != nil {
		t.Fatal(err)
	}
	dir, n := t.TempDir(), 0
	for name, v := range map[string]int64{"1": 1, "2": 2, "0": 0} {
		if err := Write(filepath.Join(dir, name), []row{{v}}); err != nil {
			t.Fatal(err)
		}
	}
	memo := &Memo{}
	for _, c := range []struct {
		a, b  string
		memo  *Memo
		makes int
	}{{"1", "1", memo, 1}, {"1", "1", memo, 0}, {"1", "2", memo, 1}, {"2", "2", memo, 1}, {"2", "2", memo, 0}, {"2", "2", nil, 1}, {"2", "2", &Memo{}, 1}, {"0", "0", memo, 1},
		{"0", "0", memo, 1}, {"2", "2", memo, 0}} {
		made = 0
		n++
		to := filepath.Join(dir, "to"+string(rune('a'+n)))
		err := f.Run(t.Context(), func(table string) string { return filepath.Join(dir, map[string]string{"a": c.a, "b": c.b}[table]) }, to, Beside{Memo: c.memo})
		if c.a == "0" {
			if !errors.Is(err, fail) {
				t.Errorf("%+v: %v", c, err)
			}
		} else if got, err2 := All[row](t.Context(), to); err != nil || err2 != nil || got[0].N != int64(c.a[0]-'0') {
			t.Errorf("%+v: %v, %v, %v", c, got, err, err2)
		}
		if made != c.makes {
			t.Errorf("%+v: made %d times", c, made)
		}
	}
	made = 0
	for range 2 {
		if _, err := Shared(context.WithValue(t.Context(), besideKey{}, Beside{Memo: memo}), func() (int64, error) { made++; return 0, nil }, TableOf(row{1})); err != nil {
			t.Fatal(err)
		}
	}
	if made != 2 {
		t.Errorf("tables of rows are shared")
	}
}
