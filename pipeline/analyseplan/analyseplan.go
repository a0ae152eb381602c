// Package analyseplan keeps analysis plans: what is written down before a programme starts about how its effect will be judged, so that nobody can choose a figure by what it
// says (docs/decisions/0044). A plan is a file by its hash, which is never written again, and a line in a register that is only appended to.
package analyseplan

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"stapel/config"
	"stapel/pipeline/chain"
	"stapel/pipeline/exit"
	"stapel/pipeline/lake"
)

// Where plans are kept in a data folder.
const (
	Folder   = "analyseplannen"
	Register = "analyseplannen.jsonl"
)

// frozen is the event of the register.
const frozen = "vastgelegd"

// Plan is what is fixed. The order of its fields is that of the file, of which the hash is.
type Plan struct {
	Settings   []config.Setting `json:"instellingen"`     // effect.yaml and selection.yaml
	Cocktails  string           `json:"cocktails_sha256"` // of the files that say what the cocktails are
	Way        string           `json:"manier"`           // how households are chosen: rang, verwacht, loting or veld
	Draw       string           `json:"loting,omitempty"` // id of a lottery that was announced
	Households int              `json:"huishoudens"`      // with maatwerk
	Listed     int              `json:"op_de_lijst"`      // of which these are drawn, by lottery
	Months     int              `json:"maanden"`          // after the month of the start
	ExpectedCt *int64           `json:"verwacht_ct"`      // saving a household a year that is expected, positive; null: nobody said
	Start      string           `json:"laatste_start"`    // month in which the last household starts, JJJJ-MM
	Overlap    int              `json:"vindbaar_procent"` // of the households that are foreseen to find others like them, percent
}

// Basis is what a plan was made on; it is no part of the hash.
type Basis struct {
	Run         string   `json:"run_id"`
	Peildatum   string   `json:"peildatum"`
	Households  int      `json:"huishoudens"` // of which the spread is
	SpreadCt    *int64   `json:"spreiding_ct"`
	Correlation *float64 `json:"samenhang"`
	LotteryCt   *int64   `json:"aantoonbaar_loting_ct"`
	MatchingCt  *int64   `json:"aantoonbaar_vergelijken_ct"`
}

// document is a file.
type document struct {
	Plan  json.RawMessage `json:"analyseplan"`
	Basis Basis           `json:"grondslag"`
	When  string          `json:"vastgelegd"`
	Who   string          `json:"door"`
}

// entry is a line of the register.
type entry struct {
	When   string `json:"wanneer"`
	Who    string `json:"wie"`
	Event  string `json:"wat"`
	ID     string `json:"analyseplan"`
	Sha256 string `json:"bestand_sha256"`
}

// Frozen is a plan that is kept.
type Frozen struct {
	ID     string // SHA-256 of the plan
	On     time.Time
	Sha256 string // of its file
	Plan   Plan
}

// Of is a plan with the settings of a configuration and nothing else.
func Of(cfg *config.Config) (Plan, error) {
	settings, err := cfg.Beforehand()
	return Plan{Settings: settings, Cocktails: cfg.CocktailsSha256()}, err
}

// ID is the SHA-256 of the plan as JSON without blanks, in hex: what `jq -cj .analyseplan FILE | sha256sum` gives.
func (p Plan) ID() (string, error) {
	data, err := p.json()
	return hexOf(data), err
}

func (p Plan) json() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(p)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

func hexOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// Freeze keeps a plan in a data folder, by a moment (RFC 3339) and the name of who does it, and gives its id and where it lies. A plan that is kept already is refused: it has its date. What
// an interrupted Freeze left has no line in the register, and is written anew. The caller holds the lock of the data folder.
func Freeze(root string, p Plan, b Basis, when, who string) (id, file string, err error) {
	raw, err := p.json()
	if err != nil {
		return "", "", err
	}
	id = hexOf(raw)
	entries, err := register(root)
	if err != nil {
		return "", "", err
	}
	if at := slices.IndexFunc(entries, func(e entry) bool { return e.ID == id }); at >= 0 {
		return "", "", exit.Misuse("it counts from that day; a plan that differs has a hash of its own", "this analysis plan was frozen at %s, as %s", entries[at].When, id[:12])
	}
	data, err := indented(document{raw, b, when, who})
	if err != nil {
		return "", "", err
	}
	file = filepath.Join(root, Folder, id+".json")
	if err := (&lake.Lake{Root: root}).Replace(file, data); err != nil { // one that is there was cut off before the register had it
		return "", "", err
	}
	return id, file, lake.AppendLine(filepath.Join(root, Register), entry{when, who, frozen, id, hexOf(data)})
}

// indented is a file as people read it; without blanks its plan is what the hash is over.
func indented(d document) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(d)
	return b.Bytes(), err
}

// Read gives the plans of a data folder that were frozen before a moment, in the order of their dates. A plan of the register that is gone, or is not what it was, is an error: which plan
// there was must not depend on who cleans up. A file that the register does not know was never frozen.
func Read(root string, before time.Time) (out []Frozen, err error) {
	entries, err := register(root)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		on, err := time.Parse(time.RFC3339, e.When)
		if err != nil || len(e.ID) != hex.EncodedLen(sha256.Size) {
			return nil, fmt.Errorf("%s: plan %.12s has no date or no hash", Register, e.ID)
		}
		if !on.Before(before) {
			continue
		}
		f := Frozen{ID: e.ID, On: on, Sha256: e.Sha256}
		if f.Plan, err = read(root, e); err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	slices.SortFunc(out, func(a, b Frozen) int { return cmp.Or(a.On.Compare(b.On), strings.Compare(a.ID, b.ID)) })
	return out, nil
}

const putBack = "put it back as it was, from a copy of the data folder"

// read reads the plan of a line of the register.
func read(root string, e entry) (p Plan, err error) {
	name := Folder + "/" + e.ID[:12]
	data, err := os.ReadFile(filepath.Join(root, Folder, e.ID+".json"))
	if errors.Is(err, fs.ErrNotExist) {
		return p, exit.Misuse(putBack, "analysis plan %s was frozen at %s, and its file is gone", name, e.When)
	}
	if err != nil {
		return p, err
	}
	changed := exit.Misuse(putBack, "analysis plan %s is not what was frozen at %s", name, e.When)
	var doc document
	if hexOf(data) != e.Sha256 || json.Unmarshal(data, &doc) != nil {
		return p, changed
	}
	var raw bytes.Buffer
	if err := json.Compact(&raw, doc.Plan); err != nil || hexOf(raw.Bytes()) != e.ID || json.Unmarshal(doc.Plan, &p) != nil {
		return p, changed
	}
	return p, nil
}

// register reads the lines of the register; none when there is no register.
func register(root string) (out []entry, err error) {
	data, err := os.ReadFile(filepath.Join(root, Register))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	for i, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		var e entry
		if err := json.Unmarshal([]byte(line), &e); err != nil || e.Event != frozen {
			return nil, fmt.Errorf("%s: line %d is not one that stapel wrote", Register, i+1)
		}
		out = append(out, e)
	}
	return out, nil
}

// Kept are the files of all plans of a data folder, below it with slashes, with the SHA-256 that the register has of each. Lines that can't be read are
// passed over: the chain of the register tells of those.
func Kept(root string) (map[string]string, error) {
	lines, err := chain.Read[entry](filepath.Join(root, Register))
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, e := range lines {
		if e.ID != "" {
			out[Folder+"/"+e.ID+".json"] = e.Sha256
		}
	}
	return out, nil
}

// Differs says in Dutch what of the settings of a plan is not as in now; empty text when nothing is. Values that somebody typed in words are not repeated.
func (p Plan) Differs(now Plan) string {
	var list []string
	at := map[string]config.Setting{}
	for _, s := range now.Settings {
		at[s.Name] = s
	}
	for _, was := range p.Settings {
		is, there := at[was.Name]
		delete(at, was.Name)
		switch {
		case !there:
			list = append(list, was.Name+" is er niet meer")
		case was.Value == is.Value:
		case was.Plain() && is.Plain():
			list = append(list, fmt.Sprintf("%s was %s, is %s", was.Name, cmp.Or(was.Value, "leeg"), cmp.Or(is.Value, "leeg")))
		default:
			list = append(list, was.Name+" is anders")
		}
	}
	for _, s := range now.Settings {
		if _, added := at[s.Name]; added {
			list = append(list, s.Name+" is nieuw")
		}
	}
	if p.Cocktails != now.Cocktails {
		list = append(list, "de cocktails zijn anders")
	}
	return strings.Join(list, ", ")
}
