package world

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"

	"stapel/pipeline/control"
)

// keep writes a draw as stapel select keeps it, and the log.
func keep(t *testing.T, root, id, log string) {
	t.Helper()
	type row struct {
		Draw    string `parquet:"draw_id"`
		ID      string `parquet:"huishouden_id"`
		Stratum string `parquet:"stratum"`
		Chosen  bool   `parquet:"getrokken"`
		Lot     string `parquet:"lot"`
	}
	if err := os.MkdirAll(filepath.Join(root, drawFolder), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := parquet.WriteFile(filepath.Join(root, drawFolder, id+".parquet"), []row{{id, "h-00000000000000ff", "ja", true, "a"}, {id, "h-0000000000000010", "nee", false, "b"}}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(root, drawLog), []byte(log), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestLotteries: a draw is read with the month in which the log says it was drawn (methods 7), not with that of its announcement; a run that is worked
// out once more does not know of what was drawn since; and a draw of no known day is an error.
func TestLotteries(t *testing.T) {
	const announced, drawn = `{"wanneer":"2024-03-31T10:00:00Z","wat":"aangekondigd","loting":"loting-001"}` + "\n", `{"wanneer":"2024-04-02T10:00:00Z","wat":"getrokken","loting":"loting-001"}` + "\n"
	l := noLines(t)
	keep(t, l.Root, "loting-001", announced+drawn)
	april := time.Date(2024, 4, 1, 0, 0, 0, 0, time.UTC)
	w := &World{Peil: april.AddDate(0, 1, -1)}
	if err := w.findLotteries(l); err != nil {
		t.Fatal(err)
	}
	want := []lotRow{{"loting-001", 16, day(april), "nee", false}, {"loting-001", 255, day(april), "ja", true}}
	if !slices.Equal(w.lots, want) || len(w.Lotteries) != 1 || len(w.Lotteries[0].Sha256) != 64 {
		t.Errorf("%v of %v, want %v", w.lots, w.Lotteries, want)
	}
	if before := (&World{Peil: april.AddDate(0, 0, -1)}); before.findLotteries(l) != nil || len(before.lots)+len(before.Lotteries) > 0 {
		t.Error("a run knows of a lottery that was drawn after its P")
	}
	w.OnlyLotteries(slices.Clone(w.Lotteries))
	if len(w.lots) != 2 {
		t.Error("a lottery that is listed is left out")
	}
	w.OnlyLotteries([]control.Lottery{{ID: "loting-001", Sha256: "another"}})
	if len(w.lots)+len(w.Lotteries) > 0 {
		t.Error("a lottery that is not listed stays")
	}
	for name, log := range map[string]string{"loting-001": announced, "line 2": announced + "{\n"} {
		keep(t, l.Root, "loting-001", log)
		if err := new(World).findLotteries(l); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%v, want it to name %s", err, name)
		}
	}
	if err := new(World).findLotteries(noLines(t)); err != nil {
		t.Errorf("without a lottery: %v", err)
	}
}
