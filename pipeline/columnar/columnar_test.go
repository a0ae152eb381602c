package columnar

import (
	"math"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"stapel/transforms"
)

var columns = []transforms.Column{{Name: "huishouden", Type: transforms.Huishouden}, {Name: "bedrag_ct", Type: transforms.Ct},
	{Name: "dag", Type: transforms.Datum}, {Name: "aandeel", Type: transforms.Aandeel}, {Name: "naam", Type: transforms.Tekst},
	{Name: "vlag", Type: transforms.Vlag}}

func sample() *transforms.Frame {
	return transforms.NewFrame(3).SetInts("huishouden", []int64{1, 2, 1 << 62}).
		Set("bedrag_ct", &transforms.Vector{Ints: []int64{-5, 0, 9007199254740993}, Null: []bool{false, true, false}}).
		SetDays("dag", []int32{0, 20000, -1}).SetFloats("aandeel", []float64{0, 0.5, -1}).SetTexts("naam", []string{"a", "", "é"}).
		SetFlags("vlag", []bool{true, false, true})
}

// TestRoundTrip: what is written is read back value for value, empty ones included, by this package and by another library.
func TestRoundTrip(t *testing.T) {
	name := filepath.Join(t.TempDir(), "t.parquet")
	if err := Write(name, columns, sample()); err != nil {
		t.Fatal(err)
	}
	got, err := Read(t.Context(), name, "naam", "bedrag_ct", "huishouden", "dag", "aandeel", "vlag")
	if err != nil {
		t.Fatal(err)
	}
	want := sample()
	for _, c := range columns {
		a, b := got.Vector(c.Name), want.Vector(c.Name)
		if c.Name == "bedrag_ct" {
			if !reflect.DeepEqual(a.Null, b.Null) || a.Ints[0] != -5 || a.Ints[2] != 9007199254740993 {
				t.Errorf("%s: got %v", c.Name, a)
			}
		} else if !reflect.DeepEqual(a, b) {
			t.Errorf("%s: got %v, want %v", c.Name, a, b)
		}
	}
	type row struct {
		Household int64  `parquet:"huishouden,optional"`
		Ct        *int64 `parquet:"bedrag_ct,optional"`
		Name      string `parquet:"naam,optional"`
	}
	rows, err := parquet.ReadFile[row](name)
	if err != nil || len(rows) != 3 || rows[1].Ct != nil || *rows[2].Ct != 9007199254740993 || rows[2].Name != "é" {
		t.Errorf("parquet-go reads %v, %v", rows, err)
	}
}

func TestEmptyTable(t *testing.T) {
	name := filepath.Join(t.TempDir(), "t.parquet")
	if err := Write(name, columns, transforms.NewFrame(0).SetInts("huishouden", nil).SetInts("bedrag_ct", nil).SetDays("dag", nil).
		SetFloats("aandeel", nil).SetTexts("naam", nil).SetFlags("vlag", nil)); err != nil {
		t.Fatal(err)
	}
	got, err := Read(t.Context(), name, "naam", "bedrag_ct")
	if err != nil || got.Rows != 0 || got.Texts("naam") == nil || got.Ints("bedrag_ct") == nil {
		t.Errorf("got %v, %v", got, err)
	}
	if _, err := Read(t.Context(), name, "er_niet"); err == nil || !strings.Contains(err.Error(), "er_niet") {
		t.Errorf("a column that is not there: %v", err)
	}
}

// TestRefused: a table that is not what the header says is not written.
func TestRefused(t *testing.T) {
	for name, spoil := range map[string]func(*transforms.Frame){
		"bedrag_ct: 2 values":   func(f *transforms.Frame) { f.SetInts("bedrag_ct", []int64{1, 2}) },
		"bedrag_ct: the values": func(f *transforms.Frame) { f.SetFloats("bedrag_ct", []float64{1, 2, 3}) },
		"aandeel: a value":      func(f *transforms.Frame) { f.SetFloats("aandeel", []float64{1, math.NaN(), 3}) },
		"aandeel: a value is":   func(f *transforms.Frame) { f.SetFloats("aandeel", []float64{1, math.Inf(1), 3}) },
		"vlag: 1 marks": func(f *transforms.Frame) {
			f.Set("vlag", &transforms.Vector{Flags: []bool{true, true, true}, Null: []bool{true}})
		},
	} {
		f := sample()
		spoil(f)
		err := Write(filepath.Join(t.TempDir(), "t.parquet"), columns, f)
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	missing := transforms.NewFrame(0)
	if err := Write(filepath.Join(t.TempDir(), "t.parquet"), columns, missing); err == nil {
		t.Error("a table without its columns was written")
	}
}
