package mart

import (
	"fmt"
	"reflect"
	"strings"
)

// Amounts finds the columns of T that form names for each domein ("kosten_%s_ct") and returns what reads them of a row, eurocents in the order
// of the domeinen. That a domein has no such column is an error.
func Amounts[T any](form string, domeinen []string) (func(*T) []int64, error) {
	row := reflect.TypeFor[T]()
	fields := make([][]int, len(domeinen))
	for i, name := range domeinen {
		column := fmt.Sprintf(form, name)
		field, ok := row.FieldByNameFunc(func(field string) bool {
			f, _ := row.FieldByName(field)
			tag, _, _ := strings.Cut(f.Tag.Get("parquet"), ",")
			return tag == column
		})
		if !ok || field.Type.Kind() != reflect.Int64 {
			return nil, fmt.Errorf("domein %s has no column %s", name, column)
		}
		fields[i] = field.Index
	}
	return func(r *T) []int64 {
		v := reflect.ValueOf(r).Elem()
		out := make([]int64, len(fields))
		for i, index := range fields {
			out[i] = v.FieldByIndex(index).Int()
		}
		return out
	}, nil
}
