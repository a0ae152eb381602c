package config

import (
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

// A ColumnType says how the text of a cell is read and what it is inside stapel.
type ColumnType string

// The types a contract may give a column. Inside stapel a money column is int64 eurocents, a date is a day number,
// a key is the 63-bit keyed HMAC of the delivered pseudonym.
const (
	TypePersoon    ColumnType = "persoon"    // pseudonym of a person -> BIGINT key
	TypeHuishouden ColumnType = "huishouden" // pseudonym of a household -> BIGINT key
	TypeGemeente   ColumnType = "gemeente"   // 0855 or GM0855 -> GM0855
	TypeCode       ColumnType = "code"       // one of a code list, kept as text: 01 and 1 differ
	TypeID         ColumnType = "id"         // a number or name that identifies something other than a person
	TypeTekst      ColumnType = "tekst"      // free text, watched for BSNs
	TypeGeheel     ColumnType = "geheel"     // whole number
	TypeJaar       ColumnType = "jaar"       // four-digit year
	TypeDecimaal   ColumnType = "decimaal"   // decimal number, kept as whole thousandths
	TypeCt         ColumnType = "ct"         // whole eurocents
	TypeEur        ColumnType = "eur"        // euros with comma or point -> eurocents
	TypeDatum      ColumnType = "datum"      // calendar day
	TypeMaand      ColumnType = "maand"      // calendar month -> its first day
	TypeTijd       ColumnType = "tijd"       // time of day, kept as text UU:MM:SS
	TypeVlag       ColumnType = "vlag"       // ja/nee
	TypeLijst      ColumnType = "lijst"      // codes separated by |, kept as text
)

var columnTypes = []ColumnType{TypePersoon, TypeHuishouden, TypeGemeente, TypeCode, TypeID, TypeTekst, TypeGeheel,
	TypeJaar, TypeDecimaal, TypeCt, TypeEur, TypeDatum, TypeMaand, TypeTijd, TypeVlag, TypeLijst}

// Physical is the type a column has in Parquet and in the models.
type Physical string

// Physical types; the only four that stapel writes to the lake.
const (
	PhysBigint  Physical = "BIGINT"
	PhysDate    Physical = "DATE"
	PhysVarchar Physical = "VARCHAR"
	PhysBoolean Physical = "BOOLEAN"
)

// Physical returns what a column of this type is stored as.
func (t ColumnType) Physical() Physical {
	switch t {
	case TypePersoon, TypeHuishouden, TypeGeheel, TypeJaar, TypeDecimaal, TypeCt, TypeEur:
		return PhysBigint
	case TypeDatum, TypeMaand:
		return PhysDate
	case TypeVlag:
		return PhysBoolean
	default:
		return PhysVarchar
	}
}

// StoredName is the column's name in the lake: an amount delivered in euros is kept in eurocents, and says so.
func (c Column) StoredName() string {
	if c.Type == TypeEur && strings.HasSuffix(c.Name, "_eur") {
		return strings.TrimSuffix(c.Name, "_eur") + "_ct"
	}
	return c.Name
}

// Column is one column of an extract.
type Column struct {
	Name        string     `yaml:"name"`
	Type        ColumnType `yaml:"type"`
	Required    bool       `yaml:"required"`     // must be in the header, and the cell filled
	EmptyOK     bool       `yaml:"empty_ok"`     // with verplicht: in the header, but the cell may be empty
	Formats     []string   `yaml:"formats"`      // dates and months: the spellings accepted beside the standard one
	Pattern     string     `yaml:"pattern"`      // ids: a regular expression the whole cell has to match
	NonNegative bool       `yaml:"non_negative"` // numbers and money
	Min         *int64     `yaml:"min"`          // numbers: lowest value accepted (decimaal: in thousandths)
	Max         *int64     `yaml:"max"`          // numbers: highest value accepted (idem)
	Step        *int64     `yaml:"step"`         // numbers: the value is a multiple of it (decimaal: in thousandths)
	CodeList    string     `yaml:"code_list"`    // name and version of the standard's list, for people
	Codes       []Code     `yaml:"codes"`        // the values accepted
	Unit        string     `yaml:"unit"`         // for the supplier's description
	Doc         string     `yaml:"description"`  // Dutch, for the supplier
	OpenEnd     bool       `yaml:"open_end"`     // dates: a last day; one of the contract's CeilingDates is read as empty (rules 65)
	Incomplete  Incomplete `yaml:"incomplete"`   // dates: JJJJ0000 and JJJJMM00, legal in the BRP, are read as a day of that year or month

	Unknown []string `yaml:"unknown"` // what the standard writes for "not known"; read as an empty cell

	re *regexp.Regexp
}

// Regexp is the compiled Pattern, anchored at both ends; nil without one.
func (c Column) Regexp() *regexp.Regexp { return c.re }

// Incomplete says which day of its year or month a date without a day, or without a month and a day, is read as.
type Incomplete string

// IncompleteNo, the default: such a date is not accepted. IncompleteFirst: the first day it can be, for a begin. IncompleteLast:
// the last day it can be, for an end.
const (
	IncompleteNo    Incomplete = ""
	IncompleteFirst Incomplete = "first"
	IncompleteLast  Incomplete = "last"
)

// Code is one value of a code list. Synonyms are other spellings a supplier may use; they are stored as Code.
type Code struct {
	Code     string   `yaml:"code"`
	Doc      string   `yaml:"description"`
	Synonyms []string `yaml:"also"`
}

// Order is a rule within one line: the date in A is not after the date in B, where both are filled.
type Order struct {
	A    string `yaml:"a"`
	B    string `yaml:"b"`
	Code string `yaml:"regel_code"`
	Doc  string `yaml:"description"`
}

// Derived is an extra key column: the pseudonym in From hashed in the key space Domain, in lines where the column
// When.Column has one of the values When.In (empty elsewhere). A person who stands alone (typhh 8) gets one.
type Derived struct {
	Name   string `yaml:"name"`
	From   string `yaml:"from"`
	Domain string `yaml:"domain"`
	When   struct {
		Column string   `yaml:"column"`
		In     []string `yaml:"in"`
	} `yaml:"when"`
}

// Money names the columns that make up a line's counted amount (rules 12): Override where its cell is filled, else
// Amount; negative where Sign holds C. The totals of a delivery note are checked on Amount.
type Money struct {
	Amount   string `yaml:"amount"`
	Override string `yaml:"override"`
	Sign     string `yaml:"sign"`
}

// Period names the columns that place a line in the kind's own time (rules 17): a month column, one date, or two
// dates of which the second is inclusive and may be empty: the line still runs, or with without_end: event it is about the
// one day of Column (rules 38, 45).
type Period struct {
	Column     string     `yaml:"column"`
	End        string     `yaml:"end"`
	WithoutEnd WithoutEnd `yaml:"without_end"`
	MaxDays    int        `yaml:"max_days"` // a cost line over more days is improbable (rules 66); 0: no limit
	Future     bool       `yaml:"future"`   // a delivery may cover days after it was made (rules 64)
	History    bool       `yaml:"history"`  // lines that ended before the note's period are history, no finding (rules 74)
}

// WithoutEnd says what a line without a last day is.
type WithoutEnd string

// EndRuns, the default: it still runs. EndEvent: it is an event of one day.
const (
	EndRuns  WithoutEnd = ""
	EndEvent WithoutEnd = "event"
)

// Replaces says what a newer delivery does to the lines of an older one.
type Replaces string

// ReplacesNone: both count, corrections are credit lines. ReplacesPeriod: a newer delivery replaces what lies in its
// coverage (rules 8).
const (
	ReplacesNone   Replaces = "none"
	ReplacesPeriod Replaces = "period"
)

// Suppliers says how many deliver a kind for one gemeente and month.
type Suppliers string

// SuppliersOne: one, so that a newer delivery replaces lines of anyone. SuppliersMany: several, each of which replaces its own
// lines only (rules 71).
const (
	SuppliersOne  Suppliers = "one"
	SuppliersMany Suppliers = "many"
)

// DefaultCeilingDates are the days that systems write for "no end" (rules 65).
var DefaultCeilingDates = []string{"9999-12-31", "2999-12-31", "2099-12-31"}

// DefaultMinLinkShare is the share of a kind's persons that have to be in huishouden (rules 63).
const DefaultMinLinkShare = 0.9

// Contract is what stapel expects of one kind of extract; see docs/extracts.md.
type Contract struct {
	Kind     string   `yaml:"kind"`
	Version  string   `yaml:"version"`
	Doc      string   `yaml:"description"`
	Standard string   `yaml:"standard"`
	Supplier string   `yaml:"supplier"`
	Encoding string   `yaml:"encoding"` // utf-8 (default) or windows-1252
	Required bool     `yaml:"required"`
	Replaces Replaces `yaml:"replaces"`
	// Suppliers is one (the default) or many.
	Suppliers Suppliers `yaml:"suppliers"`
	// Reference are the columns that identify a line at its supplier; without them equal lines can't be told from one line
	// delivered twice (rules 61, 62).
	Reference []string `yaml:"reference"`
	// MinLinkShare is the least share of the kind's persons that are in huishouden (rules 63).
	MinLinkShare *float64 `yaml:"min_link_share"`
	// CeilingDates are the days that mean no end (rules 65), JJJJ-MM-DD; empty: DefaultCeilingDates.
	CeilingDates []string `yaml:"ceiling_dates"`

	// Domein is the law that a kind without cost is about: its lines allocate care of it. A kind with cost says it there.
	Domein string `yaml:"domein"`
	Cost   *Cost  `yaml:"cost"`

	Period  *Period   `yaml:"period_column"`
	Money   *Money    `yaml:"money"`
	Ignored []string  `yaml:"ignored"` // columns that may be there and are left out
	Columns []Column  `yaml:"columns"`
	Derived []Derived `yaml:"derived"`
	Orders  []Order   `yaml:"order"`

	// Sha256 is the hash of the YAML the contract was read from: a changed contract makes the lake read its extracts
	// again.
	Sha256 string `yaml:"-"`

	file string     // as messages name it
	root *yaml.Node // for the line of a mistake that another file shows
}

// Column returns the column of that name, nil when the contract has none.
func (c *Contract) Column(name string) *Column {
	for i := range c.Columns {
		if c.Columns[i].Name == name {
			return &c.Columns[i]
		}
	}
	return nil
}

// LinkShare is the least share of the kind's persons that have to be in huishouden before its absence says something.
func (c *Contract) LinkShare() float64 {
	if c.MinLinkShare != nil {
		return *c.MinLinkShare
	}
	return DefaultMinLinkShare
}

// Person is the name of the column with the person a line is about, "" when the kind has none.
func (c *Contract) Person() string {
	if col := c.Column("persoon_ps"); col != nil && col.Type == TypePersoon {
		return col.Name
	}
	return ""
}

// Gemeente is the name of the column with the gemeentecode, "" when the kind has none (zvw).
func (c *Contract) Gemeente() string {
	for _, col := range c.Columns {
		if col.Type == TypeGemeente {
			return col.Name
		}
	}
	return ""
}

// StoredColumn is one column of a kind's lake files.
type StoredColumn struct {
	Name string
	Type Physical
}

// System columns of every lake file. levering is the id of the delivery (first 63 bits of the extract's SHA-256), regel
// the physical line, tijd_van/tijd_tot the line's place in the kind's own time (half-open; tot empty: running),
// geteld_ct the counted amount in eurocents (empty for kinds without money), inhoud a 63-bit hash of what stands in the
// contract's columns: lines of a kind that are equal in all of them have the same (rules 61, 62).
const (
	ColLevering = "levering"
	ColRegel    = "regel"
	ColTijdVan  = "tijd_van"
	ColTijdTot  = "tijd_tot"
	ColGeteld   = "geteld_ct"
	ColInhoud   = "inhoud"
)

// Stored lists the columns of the kind's lake files in order: the system columns, the contract's, the derived keys.
func (c *Contract) Stored() []StoredColumn {
	out := []StoredColumn{{ColLevering, PhysBigint}, {ColRegel, PhysBigint}, {ColTijdVan, PhysDate},
		{ColTijdTot, PhysDate}, {ColGeteld, PhysBigint}, {ColInhoud, PhysBigint}}
	for _, col := range c.Columns {
		out = append(out, StoredColumn{col.StoredName(), col.Type.Physical()})
	}
	for _, d := range c.Derived {
		out = append(out, StoredColumn{d.Name, PhysBigint})
	}
	return out
}

// takenKinds are no kinds: the lake keeps the way back to pseudonyms in a folder of the first name beside those of the kinds, and what
// models read of all kinds together has the other two.
var takenKinds = []string{"persoon", "regel", "kosten"}

var nameRE = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// refusedColumns are names of columns about nationality, origin or migration: refused wherever they stand, also when
// a contract would list them, so that nobody can be selected on them.
var refusedColumns = regexp.MustCompile(`(?i)nationalit|herkomst_?land|geboorte_?land|migratie|etnici|afkomst|verblijfs(titel|vergunning)|religie|geloof`)

// RefusedColumn reports whether a column of this name is refused by name (nationality, origin, migration, religion).
func RefusedColumn(name string) bool { return refusedColumns.MatchString(name) }

// ParseContract reads and checks one contract; file is the name that errors give. Errors name file, line and key.
func ParseContract(file string, data []byte) (*Contract, error) {
	var c Contract
	root, err := decodeStrict(file, data, &c)
	if err != nil {
		return nil, err
	}
	c.Sha256, c.file, c.root = hexSHA256(data), file, root
	if c.Encoding == "" {
		c.Encoding = "utf-8"
	}
	if c.Suppliers == "" {
		c.Suppliers = SuppliersOne
	}
	if c.CeilingDates == nil {
		c.CeilingDates = DefaultCeilingDates
	}
	if err := c.validate(); err != nil {
		return nil, c.at(err)
	}
	return &c, nil
}
