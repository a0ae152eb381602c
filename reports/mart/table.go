package mart

import (
	"reflect"
	"slices"
	"sync"
)

// Table is a mart with the type that its rows are read as: a struct whose fields name their column in a `parquet` tag. It names the columns
// that are used, and no others.
type Table[T any] struct{ Name string }

// Of says that rows of a mart are read as T. Say it in a variable of a package: a test holds all row types to the headers of their marts.
func Of[T any](name string) Table[T] {
	declared.Lock()
	defer declared.Unlock()
	declared.rows = append(declared.rows, RowType{name, reflect.TypeFor[T]()})
	return Table[T]{name}
}

// RowType is a type that rows of a mart are read as.
type RowType struct {
	Mart string
	Type reflect.Type
}

var declared struct {
	sync.Mutex
	rows []RowType
}

// RowTypes are all row types of the program.
func RowTypes() []RowType {
	declared.Lock()
	defer declared.Unlock()
	return slices.Clone(declared.rows)
}
