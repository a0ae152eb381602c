package sampledata

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"stapel/config"
)

// The calculator in the oracle_*_test.go files reads the committed extracts and works out what a run must give, slowly and
// directly from the rules: no SQL, no code of stapel but the contracts' code lists. Expectations are compared with it, and
// with what was computed by hand, so that neither can be wrong alone.

// oracleNote is a delivery note.
type oracleNote struct {
	Levering   string   `yaml:"levering_id"`
	Supplier   string   `yaml:"gegevensleverancier"`
	Gemeenten  []string `yaml:"gemeentecode"`
	From       string   `yaml:"periode_van"`
	To         string   `yaml:"periode_tot"`
	Made       string   `yaml:"aangemaakt"`
	Contract   string   `yaml:"contract_versie"`
	Pseudonym  string   `yaml:"pseudoniem_versie"`
	Lines      int      `yaml:"aantal_regels"`
	Debet      *int64   `yaml:"totaal_debet_ct"`
	Credit     *int64   `yaml:"totaal_credit_ct"`
	Sha256     string   `yaml:"sha256"`
	AllInsured string   `yaml:"alle_verzekeraars"`
	duplicate  bool
}

// oracleLine is one line of one file and what became of it.
type oracleLine struct {
	row
	kind, file string
	number     int // physical line; no cell of the set holds a line end
	note       *oracleNote
	fate       string // geaccepteerd, quarantaine, dubbel, vervangen
	use        string // of accepted lines: gebruikt, uitgesloten, herhaald, ouder
	code       string // why excluded
}

func (l *oracleLine) day(column string) day { return d(l.row[column]) }

// span is the line's own time, half-open; open ends lie in the far future.
func (l *oracleLine) span() (from, to day) {
	period := map[string][2]string{
		"huishouden": {"begindatum", "einddatum"}, "wmo_toewijzing": {"ingangsdatum", "einddatum"},
		"jeugd_toewijzing": {"ingangsdatum", "einddatum"}, "wmo_declaratie": {"product_begin", "product_eind"},
		"jeugd_declaratie": {"product_begin", "product_eind"}, "schuldhulp_traject": {"startdatum", "einddatum"},
		"schuldhulp_signaal": {"signaaldatum", ""}, "zvw_declaratie": {"begindatum", "einddatum"},
		"zvw_verzekerde": {"begindatum", "einddatum"}, "wonen_signaal": {"datum", "einddatum"},
		"veldmelding": {"datum", ""}, "uitsluiting": {"begindatum", "einddatum"}, "maatwerk_plan": {"datum_aanmelding", ""},
		"maatwerk_akkoord": {"datum", ""},
	}[l.kind]
	if l.kind == "participatie_uitkering" {
		from = d(l.row["jaarmaand"] + "-01")
		return from, from.next()
	}
	from = l.day(period[0])
	switch {
	case period[1] == "":
		return from, from + 1
	case l.row[period[1]] == "" && l.kind == "wonen_signaal":
		return from, from + 1
	case l.row[period[1]] == "":
		return from, d("9999-12-31")
	}
	return from, l.day(period[1]) + 1
}

// oracle is the whole set, read and sorted out.
type oracle struct {
	lines []*oracleLine
	*oraclePeople
	notes    map[string][]*oracleNote            // by kind
	used     map[string][]*oracleLine            // by kind, once everything is sorted out
	atHome   map[string]map[string][]*oracleLine // the same by household and kind
	benefits map[string][]*oracleLine            // lines of a benefit that count, by person
	paid     map[string]int64                    // cents of a benefit to one of its people, by key
	insured  map[string][]*oracleLine            // by person
}

// of lists the lines of a kind that are used.
func (o *oracle) of(kind string) (out []*oracleLine) {
	if o.used != nil {
		return o.used[kind]
	}
	for _, l := range o.lines {
		if l.kind == kind && l.fate == "geaccepteerd" && l.use == "gebruikt" {
			out = append(out, l)
		}
	}
	return out
}

// theOracle reads the set once for all tests.
var theOracle = sync.OnceValues(newOracle)

func readOracle(t *testing.T) *oracle {
	t.Helper()
	o, err := theOracle()
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// extractNames lists the extracts of the committed set, without the notes.
func extractNames() ([]string, error) {
	plain, err := fs.Glob(Inbox(), "*/*.csv")
	if err != nil {
		return nil, err
	}
	packed, err := fs.Glob(Inbox(), "*/*.csv.gz")
	if err == nil && len(plain)*len(packed) == 0 {
		err = errors.New("no extracts, or none that are packed")
	}
	names := append(plain, packed...)
	slices.Sort(names)
	return names, err
}

func newOracle() (*oracle, error) {
	cfg, err := config.Load(config.Options{})
	if err != nil {
		return nil, err
	}
	o := &oracle{notes: map[string][]*oracleNote{}, atHome: map[string]map[string][]*oracleLine{},
		benefits: map[string][]*oracleLine{}, paid: map[string]int64{}, insured: map[string][]*oracleLine{}}
	seen := map[string]bool{}
	names, err := extractNames()
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		kind, _, _ := strings.Cut(name, "/")
		data, err := Unpacked(name)
		if err != nil {
			return nil, err
		}
		noteData, err := fs.ReadFile(Inbox(), name+".levering.yaml")
		if err != nil {
			return nil, err
		}
		note := &oracleNote{}
		dec := yaml.NewDecoder(strings.NewReader(string(noteData)))
		dec.KnownFields(true)
		if err := dec.Decode(note); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		sum := fmt.Sprintf("%x", sha256.Sum256(data))
		if note.Sha256 != sum {
			return nil, fmt.Errorf("%s: the note's sha256 is not the file's", name)
		}
		r := csv.NewReader(strings.NewReader(string(data)))
		r.Comma = ';'
		records, err := r.ReadAll()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		contract := cfg.Contracts[kind]
		if contract == nil {
			return nil, fmt.Errorf("%s: no contract for this kind", name)
		}
		for i, cells := range records[1:] {
			l := &oracleLine{row: row{}, kind: kind, file: name, number: i + 2, note: note, fate: "geaccepteerd", use: "gebruikt"}
			for c, column := range records[0] {
				l.row[column] = cells[c]
			}
			if seen[kind+sum] {
				l.fate = "dubbel"
			} else if len(brokenCells(contract, l)) > 0 {
				l.fate = "quarantaine"
			}
			o.lines = append(o.lines, l)
		}
		note.duplicate = seen[kind+sum]
		seen[kind+sum] = true
		o.notes[kind] = append(o.notes[kind], note)
	}
	o.replace(cfg)
	o.exclude()
	o.oraclePeople = o.people(d(peil))
	o.index()
	return o, nil
}

// index makes the lines findable; nothing changes any more.
func (o *oracle) index() {
	used := map[string][]*oracleLine{}
	for _, l := range o.lines {
		if l.fate != "geaccepteerd" {
			continue
		}
		ps := l.row["persoon_ps"]
		if l.kind == "participatie_uitkering" && l.use != "uitgesloten" {
			o.benefits[ps] = append(o.benefits[ps], l)
		}
		if l.use != "gebruikt" {
			continue
		}
		used[l.kind] = append(used[l.kind], l)
		if l.kind == "zvw_verzekerde" {
			o.insured[ps] = append(o.insured[ps], l)
		}
		id := o.house(ps)
		if o.atHome[id] == nil {
			o.atHome[id] = map[string][]*oracleLine{}
		}
		o.atHome[id][l.kind] = append(o.atHome[id][l.kind], l)
	}
	o.used = used
}

// brokenCells names the columns of a line that break the contract.
func brokenCells(c *config.Contract, l *oracleLine) (out []string) {
	for i := range c.Columns {
		col := &c.Columns[i]
		v := l.row[col.Name]
		if v == "" {
			if col.Required && !col.EmptyOK {
				out = append(out, col.Name)
			}
			continue
		}
		ok := true
		switch col.Type {
		case config.TypePersoon, config.TypeHuishouden:
			label, rest, found := strings.Cut(v, "_")
			ok = found && label == "v1" && len(rest) >= 32
		case config.TypeGemeente:
			ok = slices.Contains(l.note.Gemeenten, v)
		case config.TypeCode:
			ok = slices.ContainsFunc(col.Codes, func(x config.Code) bool { return x.Code == v })
		case config.TypeDatum:
			_, err := time.Parse(time.DateOnly, v)
			ok = err == nil
		case config.TypeMaand:
			_, err := time.Parse("2006-01", v)
			ok = err == nil
		case config.TypeVlag:
			ok = v == "ja" || v == "nee"
		case config.TypeGeheel, config.TypeJaar:
			_, err := strconv.Atoi(v)
			ok = err == nil
		case config.TypeCt:
			n, err := strconv.Atoi(v)
			ok = err == nil && n >= 0
		case config.TypeEur:
			_, ok = readEuros(v)
		case config.TypeID:
			ok = col.Regexp() == nil || col.Regexp().MatchString(v)
		}
		if !ok {
			out = append(out, col.Name)
		}
	}
	for _, rule := range c.Orders {
		if l.row[rule.A] != "" && l.row[rule.B] != "" && l.row[rule.A] > l.row[rule.B] {
			out = append(out, rule.B)
		}
	}
	for name := range l.row {
		if c.Column(name) == nil {
			out = append(out, name)
		}
	}
	return out
}

// readEuros reads the spellings this set uses: 1243,03, 1.869,21, 23000.
func readEuros(v string) (int64, bool) {
	whole, cents, comma := strings.Cut(v, ",")
	if !comma {
		n, err := strconv.ParseInt(v, 10, 64)
		return n * 100, err == nil
	}
	if groups := strings.Split(whole, "."); len(groups) > 1 {
		for _, g := range groups[1:] {
			if len(g) != 3 {
				return 0, false
			}
		}
		whole = strings.Join(groups, "")
	}
	n, err := strconv.ParseInt(whole+cents, 10, 64)
	return n, err == nil && len(cents) == 2
}

// replace marks the lines of older deliveries that lie in, or overlap, what a newer delivery of the kind covers (rules 8, 45).
// The same bytes once more are no newer delivery.
func (o *oracle) replace(cfg *config.Config) {
	for _, l := range o.lines {
		contract := cfg.Contracts[l.kind]
		if l.fate != "geaccepteerd" || contract.Replaces != config.ReplacesPeriod || contract.Gemeente() == "" {
			continue
		}
		for _, other := range o.notes[l.kind] {
			from, to := l.span()
			if other.Made+other.Levering > l.note.Made+l.note.Levering && !other.duplicate &&
				slices.Contains(other.Gemeenten, l.row["gemeentecode"]) && from < d(other.To)+1 && to > d(other.From) {
				l.fate = "vervangen"
			}
		}
	}
}

// exclude marks what only other lines make wrong: allocations taken away with their declarations, older lines of an
// allocation, benefits whose people disagree and the lines of a benefit's other people (rules 11, 13, 70). Spells are in people.
func (o *oracle) exclude() {
	for _, law := range []string{"wmo", "jeugd"} {
		newest := map[string]*oracleLine{}
		for _, l := range o.of(law + "_toewijzing") {
			key := l.row["gemeentecode"] + l.row["toewijzing_nummer"]
			// of one day the line that takes the allocation away (rules 69); no other two lines of the set are of one day
			old := newest[key]
			if old == nil || l.row["toewijzing_datum"] > old.row["toewijzing_datum"] ||
				l.row["toewijzing_datum"] == old.row["toewijzing_datum"] && l.row["reden_wijziging"] == "13" {
				newest[key] = l
			}
		}
		for _, l := range o.of(law + "_toewijzing") {
			top := newest[l.row["gemeentecode"]+l.row["toewijzing_nummer"]]
			if top.row["reden_wijziging"] == "13" {
				l.use, l.code = "uitgesloten", "9384"
			} else if l != top {
				l.use = "ouder"
			}
		}
		for _, l := range o.of(law + "_declaratie") {
			if top := newest[l.row["gemeentecode"]+l.row["toewijzing_nummer"]]; top != nil && top.row["reden_wijziging"] == "13" {
				l.use, l.code = "uitgesloten", "9384"
			}
		}
	}
	benefits := map[string][]*oracleLine{}
	for _, l := range o.of("participatie_uitkering") {
		key := benefitKey(l)
		benefits[key] = append(benefits[key], l)
	}
	for key, lines := range benefits { // no line of the set is there in two deliveries
		sums := map[string]int64{}
		for _, l := range lines {
			ct, _ := readEuros(l.row["betaalbaar_gesteld_eur"])
			sums[l.row["persoon_ps"]] += ct
		}
		people := slices.SortedFunc(maps.Keys(sums), func(a, b string) int { return cmp.Compare(keyOf(a), keyOf(b)) })
		o.paid[key] = sums[people[0]]
		equal := !slices.ContainsFunc(people, func(ps string) bool { return sums[ps] != o.paid[key] })
		for _, l := range lines {
			if !equal {
				l.use, l.code = "uitgesloten", "bedrag_ongelijk"
			} else if l.row["persoon_ps"] != people[0] {
				l.use = "herhaald"
			}
		}
	}
}

func benefitKey(l *oracleLine) string {
	return strings.Join([]string{l.row["gemeentecode"], l.row["jaarmaand"], l.row["registratienummer"], l.row["statistiekcode"],
		l.row["cluster_bijz_bijstand"]}, " ")
}

// cents is the counted amount of a line: what was granted, else what was asked; a credit negative (rules 12).
func (l *oracleLine) cents() (ct int64, ok bool) {
	switch l.kind {
	case "participatie_uitkering":
		ct, ok = readEuros(l.row["betaalbaar_gesteld_eur"])
		return ct, ok
	case "wmo_declaratie", "jeugd_declaratie", "zvw_declaratie":
		text := l.row["bedrag_ct"]
		if l.row["toegekend_ct"] != "" {
			text = l.row["toegekend_ct"]
		}
		n, err := strconv.ParseInt(text, 10, 64)
		if l.row["debet_credit"] == "C" {
			n = -n
		}
		return n, err == nil
	}
	return 0, false
}

// keyOf is the key of a person under DemoKey; in its order cents are shared (rules 1).
func keyOf(ps string) uint64 {
	mac := hmac.New(sha256.New, DemoKey[:])
	mac.Write([]byte("persoon\n" + strings.ToLower(ps)))
	return binary.BigEndian.Uint64(mac.Sum(nil)[:8]) >> 1
}
