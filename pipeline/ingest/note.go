package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// NoteSuffix makes the name of a delivery note from that of its extract.
const NoteSuffix = ".levering.yaml"

// Note is a delivery note: what the supplier says of one extract. Empty fields were not given.
type Note struct {
	LeveringID          string     `json:"levering_id,omitempty"`
	Gegevensleverancier string     `json:"gegevensleverancier,omitempty"`
	Gemeenten           []string   `json:"gemeentecode,omitempty"` // GM0855, sorted
	PeriodeVan          *Day       `json:"periode_van,omitempty"`  // coverage, in the kind's own time
	PeriodeTot          *Day       `json:"periode_tot,omitempty"`  // last day, inclusive
	Aangemaakt          *time.Time `json:"aangemaakt,omitempty"`   // in the zone that was written; a date is its midnight in UTC
	ContractVersie      string     `json:"contract_versie,omitempty"`
	PseudoniemVersie    string     `json:"pseudoniem_versie,omitempty"`
	AantalRegels        *int64     `json:"aantal_regels,omitempty"`
	TotaalDebetCt       *int64     `json:"totaal_debet_ct,omitempty"`  // eurocents, positive
	TotaalCreditCt      *int64     `json:"totaal_credit_ct,omitempty"` // eurocents, positive
	Sha256              string     `json:"sha256,omitempty"`           // lower-case hex, of the file as delivered or decompressed
	AlleVerzekeraars    *bool      `json:"alle_verzekeraars,omitempty"`
	Uzovi               []string   `json:"uzovi,omitempty"` // four digits each, sorted

	name  string         // of the file
	lines map[string]int // where each key stands, for what Check finds
}

// Made is the day on which the delivery was made, in the zone that its note gives; false when it does not say.
func (n *Note) Made() (Day, bool) {
	if n == nil || n.Aangemaakt == nil {
		return 0, false
	}
	return DayOf(*n.Aangemaakt), true
}

var (
	gemeenteRE = regexp.MustCompile(`^(?:GM)?([0-9]{4})$`)
	uzoviRE    = regexp.MustCompile(`^[0-9]{4}$`)
	hexRE      = regexp.MustCompile(`^[0-9a-f]{64}$`)
	labelRE    = regexp.MustCompile(`^[a-z0-9]{1,16}$`)
)

// noteProblem is a mistake in a note at a line.
type noteProblem struct {
	line int
	key  string
	text string
}

// ReadNote reads a delivery note; fsPath is that of the note, or of the extract it belongs to. Without a note it returns
// nil, nil. A note that can't be read is a *Refusal with the line and key of the first mistake, that names all of them.
func ReadNote(fsPath string) (*Note, error) {
	if !strings.HasSuffix(strings.ToLower(fsPath), NoteSuffix) {
		fsPath += NoteSuffix
	}
	name := filepath.Base(fsPath)
	info, err := os.Lstat(fsPath)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, hidePath(err, name)
	}
	if !info.Mode().IsRegular() || info.Size() > 1<<20 {
		return nil, &Refusal{Code: RefBriefOngeldig, Bestand: name, Tekst: "dit is geen gewoon bestand van hooguit 1 MiB", Remedie: "lever de leveringsbrief zelf aan"}
	}
	data, err := os.ReadFile(fsPath)
	if err != nil {
		return nil, hidePath(err, name)
	}
	return parseNote(name, data)
}

func parseNote(name string, data []byte) (*Note, error) {
	refuse := func(problems []noteProblem) error {
		r := &Refusal{Code: RefBriefOngeldig, Bestand: name, Regel: int64(problems[0].line), Kolom: problems[0].key, Tekst: problems[0].text,
			Remedie: "herstel de leveringsbrief"}
		for _, p := range problems[1:] {
			r.Tekst += fmt.Sprintf("; regel %d: %s: %s", p.line, p.key, p.text)
		}
		return r
	}
	if line, text, remedy := noteEncoding(data); text != "" {
		r := refuse([]noteProblem{{line, "", text}}).(*Refusal)
		r.Remedie = remedy
		return nil, r
	}
	var doc, second yaml.Node
	dec := yaml.NewDecoder(bytes.NewReader(data))
	if err := dec.Decode(&doc); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, refuse([]noteProblem{{1, "", "het bestand is leeg"}})
		}
		return nil, refuse([]noteProblem{{yamlLine(err), "", "dit is geen YAML"}})
	}
	if err := dec.Decode(&second); !errors.Is(err, io.EOF) {
		return nil, refuse([]noteProblem{{1, "", "een leveringsbrief is een enkel YAML-document"}})
	}
	root := doc.Content[0]
	if root.Kind != yaml.MappingNode {
		return nil, refuse([]noteProblem{{root.Line, "", "hier horen regels van de vorm sleutel: waarde"}})
	}
	n := &Note{name: name, lines: map[string]int{}}
	var problems []noteProblem
	seen := map[string]bool{}
	for i := 0; i+1 < len(root.Content); i += 2 {
		k, v := root.Content[i], root.Content[i+1]
		set, known := noteKeys[k.Value]
		text := ""
		switch {
		case !known:
			// The key itself is not shown: a note in the wrong place could hold anything.
			problems = append(problems, noteProblem{k.Line, "onbekende sleutel", "gebruik alleen " + strings.Join(noteKeyNames, ", ")})
			continue
		case seen[k.Value]:
			text = "staat er twee keer"
		case v.Tag == "!!null":
		default:
			text = set(n, v)
		}
		seen[k.Value], n.lines[k.Value] = true, v.Line
		if text != "" {
			problems = append(problems, noteProblem{v.Line, k.Value, text})
		}
	}
	switch {
	case len(problems) > 0:
	case (n.PeriodeVan == nil) != (n.PeriodeTot == nil):
		problems = append(problems, noteProblem{root.Line, "periode_van", "periode_van en periode_tot horen bij elkaar"})
	case n.PeriodeVan != nil && *n.PeriodeVan > *n.PeriodeTot:
		problems = append(problems, noteProblem{root.Line, "periode_tot", "ligt voor periode_van"})
	}
	if len(problems) > 0 {
		return nil, refuse(problems)
	}
	return n, nil
}

var noteKeys = map[string]func(n *Note, v *yaml.Node) (problem string){
	"levering_id":         func(n *Note, v *yaml.Node) string { return noteText(v, &n.LeveringID) },
	"gegevensleverancier": func(n *Note, v *yaml.Node) string { return noteText(v, &n.Gegevensleverancier) },
	"gemeentecode": func(n *Note, v *yaml.Node) string {
		return noteList(v, &n.Gemeenten, gemeenteRE, "GM", "vier cijfers, met of zonder GM ervoor, of een lijst daarvan")
	},
	"periode_van":       func(n *Note, v *yaml.Node) string { return noteDay(v, &n.PeriodeVan) },
	"periode_tot":       func(n *Note, v *yaml.Node) string { return noteDay(v, &n.PeriodeTot) },
	"aangemaakt":        noteTime,
	"contract_versie":   func(n *Note, v *yaml.Node) string { return noteText(v, &n.ContractVersie) },
	"pseudoniem_versie": noteLabel,
	"aantal_regels":     func(n *Note, v *yaml.Node) string { return noteCount(v, &n.AantalRegels) },
	"totaal_debet_ct":   func(n *Note, v *yaml.Node) string { return noteCount(v, &n.TotaalDebetCt) },
	"totaal_credit_ct":  func(n *Note, v *yaml.Node) string { return noteCount(v, &n.TotaalCreditCt) },
	"sha256": func(n *Note, v *yaml.Node) string {
		n.Sha256 = strings.ToLower(v.Value)
		if v.Kind != yaml.ScalarNode || !hexRE.MatchString(n.Sha256) {
			return "64 hexadecimale cijfers verwacht"
		}
		return ""
	},
	"alle_verzekeraars": func(n *Note, v *yaml.Node) string {
		yes := v.Value == "ja"
		if v.Kind != yaml.ScalarNode || !yes && v.Value != "nee" {
			return "ja of nee verwacht"
		}
		n.AlleVerzekeraars = &yes
		return ""
	},
	"uzovi": func(n *Note, v *yaml.Node) string {
		return noteList(v, &n.Uzovi, uzoviRE, "", "vier cijfers, of een lijst daarvan")
	},
}

var noteKeyNames = sortedKeys(noteKeys)

func noteLabel(n *Note, v *yaml.Node) string {
	n.PseudoniemVersie = strings.ToLower(v.Value)
	if v.Kind != yaml.ScalarNode || !labelRE.MatchString(n.PseudoniemVersie) {
		return "een versielabel van letters en cijfers verwacht, zoals v1"
	}
	return ""
}

// noteList reads a scalar or a list of them, each as prefix plus what re finds. The scalars are taken as they are written:
// YAML would turn 0855 into another number.
func noteList(v *yaml.Node, to *[]string, re *regexp.Regexp, prefix, want string) string {
	items := []*yaml.Node{v}
	if v.Kind == yaml.SequenceNode {
		items = v.Content
	}
	for _, item := range items {
		m := re.FindStringSubmatch(item.Value)
		if item.Kind == yaml.ScalarNode && m != nil && m[len(m)-1] == "0000" {
			return "0000 is geen code"
		}
		if item.Kind != yaml.ScalarNode || m == nil {
			return want + " verwacht"
		}
		*to = append(*to, prefix+m[len(m)-1])
	}
	slices.Sort(*to)
	*to = slices.Compact(*to)
	return ""
}

func noteDay(v *yaml.Node, to **Day) string {
	day, ok := parseDate([]byte(v.Value), 0)
	if v.Kind != yaml.ScalarNode || !ok {
		return "een datum JJJJ-MM-DD verwacht"
	}
	d := Day(day)
	*to = &d
	return ""
}

func noteTime(n *Note, v *yaml.Node) string {
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		// In UTC, so that what comes of an offset does not depend on the zone of this machine.
		if t, err := time.ParseInLocation(layout, v.Value, time.UTC); err == nil && v.Kind == yaml.ScalarNode {
			n.Aangemaakt = &t
			return ""
		}
	}
	return "een datum JJJJ-MM-DD verwacht, of een tijdstip zoals 2025-01-31T12:00:00+01:00"
}

func noteCount(v *yaml.Node, to **int64) string {
	i, err := strconv.ParseInt(v.Value, 10, 64)
	if v.Kind != yaml.ScalarNode || err != nil || i < 0 {
		return "een geheel getal van nul of meer verwacht"
	}
	*to = &i
	return ""
}

var yamlLineRE = regexp.MustCompile(`line (\d+)`)

func yamlLine(err error) int {
	if m := yamlLineRE.FindStringSubmatch(err.Error()); m != nil {
		if n, err := strconv.Atoi(m[1]); err == nil {
			return n
		}
	}
	return 1
}
