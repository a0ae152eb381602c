package naslag

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"stapel/config"
)

// brief is a delivery note.
type brief struct {
	Levering    string `yaml:"levering_id"`
	Leverancier string `yaml:"gegevensleverancier"`
	Gemeente    any    `yaml:"gemeentecode"` // one or a list
	Van         string `yaml:"periode_van"`
	Tot         string `yaml:"periode_tot"`
	Aangemaakt  string `yaml:"aangemaakt"`
	Alle        string `yaml:"alle_verzekeraars"`
	Uzovi       any    `yaml:"uzovi"`
	gemeenten   []string
	uzovi       []string
	tijdstip    time.Time // aangemaakt, in the zone as written; the zero time when the note does not say
}

// dag is the local day of aangemaakt as it is written (rules 64); ok is false when the note does not say.
func (b *brief) dag() (d dag, ok bool) {
	if b == nil || b.tijdstip.IsZero() {
		return 0, false
	}
	jaar, maand, d1 := b.tijdstip.Date()
	return datum(jaar, int(maand), d1), true
}

// levering is one file of the inbox.
type levering struct {
	soort, naam string
	brief       *brief
	sha         string
	inhoud      []byte
	volgorde    int // from old to new, among all files
	dubbel      bool
	eerste      *levering // the oldest file with these bytes, itself unless dubbel
	// What follows is of the bytes: of the first file that has them, with what later ones add (rules 45).
	nieuwst     int      // volgorde of the newest file with these bytes
	metBrief    bool     // one of them has a note
	leverancier string   // as the newest note names it
	brieven     []*brief // from old to new
}

// nieuwsteBrief is that of the bytes, nil without any.
func (l *levering) nieuwsteBrief() *brief {
	if len(l.brieven) == 0 {
		return nil
	}
	return l.brieven[len(l.brieven)-1]
}

// regel is one line of one extract and what becomes of it.
type regel struct {
	soort      string
	levering   *levering
	nr         int // physical line
	cel        map[string]string
	lot        string // geaccepteerd, quarantaine, dubbel or vervangen
	gebruik    string // of accepted lines: gebruikt, uitgesloten, herhaald or ouder
	onvolledig bool   // a day lacks its month or its day of the month
	waarom     string // of lines that are uitgesloten: the rule
}

// Wereld is an inbox with everything that the rules make of it.
type Wereld struct {
	cfg             *config.Config
	sleutel         []byte
	ids             map[string]string // persoon_id by pseudonym, to hash each once
	leveringen      []*levering
	regels          []*regel
	perSoort        map[string][]*regel // accepted and not overlap_gelijk, in order of delivery and line
	verschilt       []*regel            // lines that a newer delivery of the same months lacks (rules 61)
	dekkingen       []dekking
	gemeenten       []string       // of the run
	opgeheven       map[string]dag // gemeenten of the run without inhabitants on the last day covered, and that day (rules 68)
	koppels         []koppel       // how many persons of each kind huishouden knows (rules 63)
	P               dag            // peildatum
	personen        map[string]*persoon
	huizen          map[string]*huis // by id
	kosten          []kost
	verzekerde      map[string][]*regel // insured spells that count, by persoon_id
	alleUitkeringen []*uitkering
}

// Lees reads an inbox and applies the rules to it. sleutel is the project key.
func Lees(inbox fs.FS, cfg *config.Config, sleutel []byte) (*Wereld, error) {
	w := &Wereld{cfg: cfg, sleutel: sleutel, ids: map[string]string{}, perSoort: map[string][]*regel{}, personen: map[string]*persoon{}, huizen: map[string]*huis{}}
	for _, soort := range cfg.Kinds() {
		for _, vorm := range []string{"*.csv", "*.csv.gz"} {
			namen, err := fs.Glob(inbox, soort+"/"+vorm)
			if err != nil {
				return nil, err
			}
			for _, naam := range namen {
				l, err := leesLevering(inbox, soort, naam)
				if err != nil {
					return nil, fmt.Errorf("%s: %w", naam, err)
				}
				w.leveringen = append(w.leveringen, l)
			}
		}
	}
	w.orden()
	for _, l := range w.leveringen {
		if err := w.leesRegels(l); err != nil {
			return nil, fmt.Errorf("%s: %w", l.naam, err)
		}
	}
	w.dek()
	w.vervang()
	if err := w.peil(); err != nil {
		return nil, err
	}
	w.overlap()
	w.sluitUit()
	w.woon()
	w.koppel()
	w.bereken()
	w.verzeker()
	return w, nil
}

func leesLevering(inbox fs.FS, soort, naam string) (*levering, error) {
	data, err := fs.ReadFile(inbox, naam)
	if err == nil && strings.HasSuffix(naam, ".gz") {
		var r *gzip.Reader
		if r, err = gzip.NewReader(bytes.NewReader(data)); err == nil {
			data, err = io.ReadAll(r)
		}
	}
	if err != nil {
		return nil, err
	}
	l := &levering{soort: soort, naam: naam, inhoud: data, sha: fmt.Sprintf("%x", sha256.Sum256(data))}
	text, err := fs.ReadFile(inbox, naam+".levering.yaml")
	if errors.Is(err, fs.ErrNotExist) {
		return l, nil
	}
	if err != nil {
		return nil, err
	}
	l.brief = &brief{}
	if err := yaml.Unmarshal(text, l.brief); err != nil {
		return nil, err
	}
	for _, vorm := range []string{time.DateOnly, time.RFC3339} {
		if t, err := time.Parse(vorm, l.brief.Aangemaakt); err == nil {
			l.brief.tijdstip = t
		}
	}
	l.brief.Leverancier = strings.ToLower(strings.Join(strings.Fields(l.brief.Leverancier), " "))
	l.brief.gemeenten, l.brief.uzovi = lijst(l.brief.Gemeente), lijst(l.brief.Uzovi)
	for i, g := range l.brief.gemeenten {
		l.brief.gemeenten[i] = "GM" + strings.TrimPrefix(g, "GM")
	}
	return l, nil
}

// lijst is a value of a note that is one text or a list of them.
func lijst(v any) (out []string) {
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			out = append(out, fmt.Sprint(x))
		}
	case string:
		out = append(out, v)
	}
	return out
}

// orden puts the deliveries from old to new, those without a note first (rules 8), and finds equal bytes (rules 45).
func (w *Wereld) orden() {
	oudNaarNieuw := slices.Clone(w.leveringen)
	slices.SortFunc(oudNaarNieuw, func(a, b *levering) int {
		switch {
		case a.brief == nil && b.brief == nil:
			return cmp.Compare(a.naam, b.naam)
		case a.brief == nil:
			return -1
		case b.brief == nil:
			return 1
		}
		return cmp.Or(a.brief.vergelijk(b.brief), cmp.Compare(a.naam, b.naam))
	})
	for i, l := range oudNaarNieuw {
		l.volgorde, l.nieuwst, l.metBrief, l.eerste = i+1, i+1, l.brief != nil, l
		if l.brief != nil {
			l.leverancier, l.brieven = l.brief.Leverancier, []*brief{l.brief}
		}
		for _, eerder := range oudNaarNieuw[:i] {
			if eerder.soort == l.soort && eerder.sha == l.sha && !eerder.dubbel {
				l.dubbel, l.eerste = true, eerder
				eerder.nieuwst = l.volgorde
				eerder.metBrief = eerder.metBrief || l.metBrief
				if l.brief != nil {
					eerder.leverancier = l.leverancier
					eerder.brieven = append(eerder.brieven, l.brief)
				}
			}
		}
	}
}

// vergelijk orders notes from old to new: by the local day on which the delivery was made, then the instant, then levering_id.
func (b *brief) vergelijk(c *brief) int {
	dezeDag, deze := b.dag()
	andereDag, andere := c.dag()
	switch {
	case deze && !andere:
		return 1
	case andere && !deze:
		return -1
	}
	return cmp.Or(cmp.Compare(dezeDag, andereDag), b.tijdstip.Compare(c.tijdstip), cmp.Compare(b.Levering, c.Levering))
}

func (w *Wereld) leesRegels(l *levering) error {
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(l.inhoud, []byte("\xef\xbb\xbf"))))
	r.Comma = ';'
	kop, err := r.Read()
	if err != nil {
		return err
	}
	contract := w.cfg.Contracts[l.soort]
	for {
		cellen, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		nr, _ := r.FieldPos(0)
		x := &regel{soort: l.soort, levering: l, nr: nr, cel: map[string]string{}, lot: "geaccepteerd", gebruik: "gebruikt"}
		for i, kolom := range kop {
			x.cel[kolom] = cellen[i]
		}
		goed := true
		for i := range contract.Columns {
			kolom := &contract.Columns[i]
			if onvolledig(kolom, x.cel[kolom.Name]) {
				x.onvolledig = true
			}
			v, ok := lees(contract, kolom, x.cel[kolom.Name])
			x.cel[kolom.Name] = v
			goed = goed && ok
			if kolom.Type == config.TypeGemeente && ok && l.brief != nil && len(l.brief.gemeenten) > 0 {
				goed = goed && slices.Contains(l.brief.gemeenten, v) // rules 50
			}
		}
		goed = goed && volgordeKlopt(contract, x)
		if m := contract.Money; m != nil && m.Sign != "" {
			goed = goed && !strings.HasPrefix(x.cel[m.Amount], "-") && !strings.HasPrefix(x.cel[m.Override], "-")
		}
		goed = goed && w.periodeMogelijk(x)
		switch {
		case l.dubbel:
			x.lot = "dubbel"
		case !goed:
			x.lot = "quarantaine"
		}
		w.regels = append(w.regels, x)
	}
}

// dag is the day in a cell; ok is false for an empty one.
func (r *regel) dag(kolom string) (dag, bool) {
	if r.cel[kolom] == "" {
		return 0, false
	}
	return eenDag(r.cel[kolom]), true
}

// periode is the line's own time (rules 17, 45): half-open, without an end to nooit; ok is false without a date.
func (w *Wereld) periode(r *regel) (van, tot dag, ok bool) {
	p := w.cfg.Contracts[r.soort].Period
	if p == nil {
		return 0, 0, false
	}
	if van, ok = r.dag(p.Column); !ok {
		return 0, 0, false
	}
	if w.cfg.Contracts[r.soort].Column(p.Column).Type == config.TypeMaand {
		return van, van.maand(1), true
	}
	if p.End == "" {
		return van, van + 1, true
	}
	if laatste, ok := r.dag(p.End); ok {
		return van, laatste + 1, true
	}
	if p.WithoutEnd == config.EndEvent {
		return van, van + 1, true
	}
	return van, nooit, true
}

// gemeente is that of the line, "" for kinds without.
func (w *Wereld) gemeente(r *regel) string { return r.cel[w.cfg.Contracts[r.soort].Gemeente()] }

// ouderNieuwer orders lines by delivery, then line.
func ouderNieuwer(a, b *regel) int {
	return cmp.Or(cmp.Compare(a.levering.nieuwst, b.levering.nieuwst), cmp.Compare(a.nr, b.nr))
}

// hash is the key of rules 1 in a key space, as 16 hex digits.
func (w *Wereld) hash(ruimte, pseudoniem string) string {
	mac := hmac.New(sha256.New, w.sleutel)
	mac.Write([]byte(ruimte + "\n" + strings.ToLower(pseudoniem)))
	return fmt.Sprintf("%016x", binary.BigEndian.Uint64(mac.Sum(nil)[:8])>>1)
}

// PersoonID is the persoon_id of a pseudonym (rules 1).
func (w *Wereld) PersoonID(ps string) string {
	id := w.ids[ps]
	if id == "" {
		id = "p-" + w.hash("persoon", ps)
		w.ids[ps] = id
	}
	return id
}
