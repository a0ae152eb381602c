package ingest

import (
	"fmt"
	"unsafe"

	"github.com/parquet-go/parquet-go"
)

// rawValue is parquet.Value from the inside. A filled cell of an optional column needs definition level 1, which the library
// only gives through Value.Level, a call that is not inlined and that cost a fifth of the time it takes to read an extract.
// So values are laid down here as they are in memory. Whether they still are is checked when the program starts: with a
// version of the library that made them differently, nothing runs.
type rawValue struct {
	ptr             *byte
	u64             uint64
	kind            int8
	definitionLevel byte
	repetitionLevel byte
	columnIndex     uint16
}

// The templates of filled values: their kind, level and column index, by asking the library.
var (
	rawInt64 = raw(parquet.Int64Value(0))
	rawInt32 = raw(parquet.Int32Value(0))
	rawBool  = raw(parquet.BooleanValue(false))
	rawBytes = raw(parquet.ByteArrayValue([]byte{'x'}))
)

func raw(v parquet.Value) rawValue {
	v = v.Level(0, 1, 0)
	return *(*rawValue)(unsafe.Pointer(&v))
}

// rawValues is the same slice, seen from the inside.
func rawValues(v []parquet.Value) []rawValue {
	return unsafe.Slice((*rawValue)(unsafe.Pointer(unsafe.SliceData(v))), len(v))
}

// number is a filled value; template is rawInt64, rawInt32 or rawBool.
func (template rawValue) number(v int64) rawValue {
	template.u64 = uint64(v)
	return template
}

// text is a filled text, which may not be empty.
func (template rawValue) text(b []byte) rawValue {
	template.ptr, template.u64 = &b[0], uint64(len(b))
	return template
}

// textValue is a filled text, made by the library.
func textValue(b []byte) parquet.Value { return parquet.ByteArrayValue(b).Level(0, 1, 0) }

func init() {
	made := make([]parquet.Value, 5)
	r := rawValues(made)
	text := []byte("tekst")
	r[0], r[1], r[2], r[3] = rawInt64.number(-7), rawInt32.number(-20_000), rawBool.number(1), rawBytes.text(text)
	want := []parquet.Value{parquet.Int64Value(-7).Level(0, 1, 0), parquet.Int32Value(-20_000).Level(0, 1, 0),
		parquet.BooleanValue(true).Level(0, 1, 0), textValue(text), {}}
	if unsafe.Sizeof(rawValue{}) != unsafe.Sizeof(parquet.Value{}) {
		panic("ingest: parquet.Value has another size than rawValue; this version of parquet-go can't be used")
	}
	for i := range made {
		if made[i] != want[i] {
			panic(fmt.Sprintf("ingest: parquet.Value is laid out differently (%d); this version of parquet-go can't be used", i))
		}
	}
}

// gemeenteNames are the values GM0000 to GM9999.
var gemeenteNames = func() (t [10000]parquet.Value) {
	for i := range t {
		t[i] = textValue(fmt.Appendf(nil, "GM%04d", i))
	}
	return t
}()
