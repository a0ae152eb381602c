package analyseplan

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"stapel/config"
)

var plan = Plan{Settings: []config.Setting{{Name: "effect.matching.caliper", Value: "0.2"}, {Name: "effect.resampling.seed", Value: "a <b> & c"}, {Name: "effect.old", Value: "1"}},
	Cocktails: "c", Way: "rang", Households: 60, Listed: 120, Months: 12, ExpectedCt: new(int64(10_000_00)), Start: "2026-01", Overlap: 100}

func freeze(t *testing.T, root string, p Plan, when string) (id, file string) {
	t.Helper()
	id, file, err := Freeze(root, p, Basis{Run: "r"}, when, "iemand")
	if err != nil {
		t.Fatal(err)
	}
	return id, file
}

// TestFreeze: a plan comes back as it was, by the hash that anyone can work out from its file; it is for its owner alone, and is frozen once.
func TestFreeze(t *testing.T) {
	root := t.TempDir()
	id, file := freeze(t, root, plan, "2026-01-02T03:04:05Z")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Plan json.RawMessage `json:"analyseplan"`
	}
	var compact bytes.Buffer
	if err := json.Unmarshal(data, &doc); err != nil || json.Compact(&compact, doc.Plan) != nil {
		t.Fatal(err)
	}
	if sum := sha256.Sum256(compact.Bytes()); hex.EncodeToString(sum[:]) != id || filepath.Base(file) != id+".json" {
		t.Errorf("%s is not the hash of %s", id, compact.String())
	}
	for _, name := range []string{file, filepath.Join(root, Register), filepath.Join(root, Folder)} {
		if st, err := os.Stat(name); err != nil || st.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v %v", name, st.Mode(), err)
		}
	}
	if _, _, err := Freeze(root, plan, Basis{Run: "another"}, "2026-02-02T03:04:05Z", "iemand"); err == nil || !strings.Contains(err.Error(), "2026-01-02T03:04:05Z") {
		t.Errorf("frozen again: %v", err)
	}
	if again, err := os.ReadFile(file); err != nil || !bytes.Equal(again, data) {
		t.Error("the file was written again")
	}
	other := plan
	other.Households = 61
	second, _ := freeze(t, root, other, "2026-02-01T00:00:00Z")
	list, err := Read(root, time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC))
	if err != nil || len(list) != 2 || list[0].ID != id || list[1].ID != second || list[1].Plan.Households != 61 || *list[0].Plan.ExpectedCt != 10_000_00 || list[0].Plan.Differs(plan) != "" {
		t.Errorf("%+v, %v", list, err)
	}
	if list, err = Read(root, time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)); err != nil || len(list) != 1 {
		t.Errorf("before February: %+v, %v", list, err)
	}
}

// TestReadFails: a plan that is gone or was changed is an error that says so, and so is a register that stapel did not write; a file that was never registered is none.
func TestReadFails(t *testing.T) {
	later := time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		harm func(root, file string) error
		want string
	}{
		"gone":           {func(_, file string) error { return os.Remove(file) }, "is gone"},
		"another number": {func(_, file string) error { return replace(file, `"huishoudens": 60`, `"huishoudens": 90`) }, "is not what was frozen"},
		"another date":   {func(_, file string) error { return replace(file, "2026-01-02", "2025-01-02") }, "is not what was frozen"},
		"register":       {func(root, _ string) error { return os.WriteFile(filepath.Join(root, Register), []byte("{\n"), 0o600) }, "line 1"},
		"no date": {func(root, _ string) error {
			return replace(filepath.Join(root, Register), "2026-01-02T03:04:05Z", "gisteren")
		}, "no date"},
	} {
		root := t.TempDir()
		_, file := freeze(t, root, plan, "2026-01-02T03:04:05Z")
		if err := c.harm(root, file); err != nil {
			t.Fatal(err)
		}
		if _, err := Read(root, later); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
	root := t.TempDir()
	id, file := freeze(t, root, plan, "2026-01-02T03:04:05Z")
	if err := os.Remove(filepath.Join(root, Register)); err != nil {
		t.Fatal(err)
	}
	if list, err := Read(root, later); err != nil || len(list) > 0 {
		t.Errorf("without a register: %v, %v", list, err)
	}
	if again, _ := freeze(t, root, plan, "2026-03-02T03:04:05Z"); again != id {
		t.Errorf("after a break: %s in %s", again, file)
	}
	if list, err := Read(root, later); err != nil || len(list) != 1 || list[0].On.Month() != time.March {
		t.Errorf("after a break: %v, %v", list, err)
	}
}

func replace(file, from, to string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	return os.WriteFile(file, bytes.Replace(data, []byte(from), []byte(to), 1), 0o600)
}

// TestDiffers: what differs is named, numbers with their values and words without.
func TestDiffers(t *testing.T) {
	now := Plan{Settings: []config.Setting{{Name: "effect.matching.caliper", Value: "0.25"}, {Name: "effect.resampling.seed", Value: "b"}, {Name: "effect.new", Value: "x"}}, Cocktails: "d"}
	const want = "effect.matching.caliper was 0.2, is 0.25, effect.resampling.seed is anders, effect.old is er niet meer, effect.new is nieuw, de cocktails zijn anders"
	if got := plan.Differs(now); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	other := plan
	other.Households, other.Start = 1, "2030-01"
	if got := plan.Differs(other); got != "" {
		t.Errorf("what is no setting: %q", got)
	}
}
