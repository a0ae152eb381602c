package ingest

import (
	"fmt"
	"strings"

	"stapel/config"
)

// Limits bound what one extract may cost and how much of it may be bad.
type Limits struct {
	// MaxQuarantineShare and MaxQuarantineLines: the file is refused when more than this share of the records and at
	// least this many lines are in quarantine (rules 6).
	MaxQuarantineShare float64
	MaxQuarantineLines int
	// MaxRecordBytes bounds one record, line ends included, to 32 MiB at most. A longer line goes to quarantine; one of more
	// than 16 times this length refuses the file, because it has to be held in memory.
	MaxRecordBytes int
	// MaxDecompressedBytes and MaxRatio bound what a file may become: bytes after decompression, and for .gz how many
	// times its size on disk (beyond the first MiB).
	MaxDecompressedBytes int64
	MaxRatio             int
}

// maxRecordBytes is the highest MaxRecordBytes that is taken: with it, places in what is held in memory fit 31 bits.
const maxRecordBytes = 32 << 20

// DefaultLimits are the limits used where the configuration sets none: 1% and 10 lines, records of 1 MiB, 64 GiB, 200 times.
func DefaultLimits() Limits {
	return Limits{MaxQuarantineShare: 0.01, MaxQuarantineLines: 10, MaxRecordBytes: 1 << 20, MaxDecompressedBytes: 64 << 30, MaxRatio: 200}
}

// withDefaults fills in the defaults: all of them for the zero Limits, else only the sizes that are zero, because a share
// of 0 is a choice.
func (l Limits) withDefaults() Limits {
	d := DefaultLimits()
	if l == (Limits{}) {
		return d
	}
	if l.MaxRecordBytes <= 0 {
		l.MaxRecordBytes = d.MaxRecordBytes
	}
	l.MaxRecordBytes = min(l.MaxRecordBytes, maxRecordBytes)
	if l.MaxDecompressedBytes <= 0 {
		l.MaxDecompressedBytes = d.MaxDecompressedBytes
	}
	if l.MaxRatio <= 0 {
		l.MaxRatio = d.MaxRatio
	}
	return l
}

// Source is the file to read.
type Source struct {
	Path string // where it is; never in a message
	Name string // inbox-relative, e.g. wmo_declaratie/x.csv: the only form that appears in messages

	// Sha256 and Bytes are what Identify said of the file, when the caller has done so already; Read then saves itself
	// a pass and refuses the file when what it reads is something else. Empty: Read identifies the file itself.
	Sha256 string
	Bytes  int64
}

// Options say how to read.
type Options struct {
	Contract *config.Contract
	Key      *ProjectKey
	Limits   Limits                   // the zero value: DefaultLimits
	Workers  int                      // 0: one per processor, at most 8; changes nothing about the output
	Progress func(decompressed int64) // called with the bytes read since the previous call, never twice at once; may be nil
}

// Refusal says why a file as a whole is refused. It never holds a cell's value.
type Refusal struct {
	Code    string `json:"code"`              // lower_snake, one of the Code constants
	Bestand string `json:"bestand"`           // inbox-relative
	Regel   int64  `json:"regel,omitempty"`   // physical line, from 1; 0: the file as a whole
	Kolom   string `json:"kolom,omitempty"`   // column, or key of a delivery note
	Tekst   string `json:"tekst"`             // Dutch: what is wrong
	Remedie string `json:"remedie,omitempty"` // Dutch: what to do
}

// Error joins the parts: bestand:regel: kolom: tekst; remedie.
func (r *Refusal) Error() string {
	var b strings.Builder
	b.WriteString(r.Bestand)
	if r.Regel > 0 {
		fmt.Fprintf(&b, ":%d", r.Regel)
	}
	b.WriteString(": ")
	if r.Kolom != "" {
		b.WriteString(r.Kolom + ": ")
	}
	b.WriteString(r.Tekst)
	if r.Remedie != "" {
		b.WriteString("; " + r.Remedie)
	}
	return b.String()
}

// Codes of refusals.
const (
	RefGeenBestand    = "geen_gewoon_bestand" // directory, symbolic link, device
	RefLeeg           = "leeg_bestand"        // no header line
	RefGzip           = "gzip_beschadigd"     // damaged, truncated, or followed by something else
	RefTeGroot        = "te_groot"            // more than MaxDecompressedBytes
	RefUitpakken      = "uitpakverhouding"    // more than MaxRatio times its size
	RefGewijzigd      = "bestand_gewijzigd"   // changed while it was read
	RefGeenCSV        = "geen_csv"            // a zip, workbook, web page or the like
	RefCodering       = "codering"            // UTF-16, NUL, not UTF-8, BOM of another encoding than declared
	RefKopregel       = "kopregel"            // missing, double or unknown columns
	RefKolomGeweigerd = "kolom_geweigerd"     // columns about nationality, origin or migration
	RefRegelTeLang    = "regel_te_lang"       // a line of more than 16 times MaxRecordBytes
	RefBSNSleutel     = "bsn_in_sleutelkolom" // the shape of a BSN in a column for pseudonyms
	RefBSNTekst       = "bsn_in_tekst"        // a number that passes the elfproef in free text or an ignored column
	RefBSNKolom       = "bsn_in_kolom"        // a column of which too many values pass the elfproef
	RefPseudoniem     = "pseudoniem_versies"  // more than one version label
	RefQuarantaine    = "te_veel_quarantaine" // above MaxQuarantineShare
	RefBedragTeGroot  = "bedragen_te_groot"   // totals that do not fit 63 bits
	RefBriefOngeldig  = "leveringsbrief"      // a delivery note that can't be read

	// What a delivery note says otherwise than the file; the code is the note's key.
	RefBriefAantal     = "aantal_regels"
	RefBriefDebet      = "totaal_debet_ct"
	RefBriefCredit     = "totaal_credit_ct"
	RefBriefSha256     = "sha256"
	RefBriefPseudoniem = "pseudoniem_versie"
)

// Status of an extract.
const (
	StatusAanvaard  = "aanvaard"
	StatusGeweigerd = "geweigerd"
)

// Extract records what was read of one file; it becomes extract.json.
type Extract struct {
	Kind           string   `json:"kind"`
	Bestand        string   `json:"bestand"`
	Sha256         string   `json:"sha256"`          // of the decompressed bytes: the delivery's identity
	Sha256Geleverd string   `json:"sha256_geleverd"` // of the file as it lies there; differs from Sha256 for .gz
	Bytes          int64    `json:"bytes"`           // decompressed
	Levering       int64    `json:"levering,string"` // first 63 bits of Sha256; the column levering of every line
	ContractVersie string   `json:"contract_versie"` // of the contract it was read by
	ContractSha256 string   `json:"contract_sha256"`
	Sleutel        string   `json:"sleutel"`         // ProjectKey.Fingerprint
	Status         string   `json:"status"`          // StatusAanvaard or StatusGeweigerd
	Reden          *Refusal `json:"reden,omitempty"` // why it was refused
	Note           *Note    `json:"levering_note,omitempty"`

	Fysiek      int64   `json:"regels_fysiek"` // physical lines, counted apart from the parsing
	Kop         Telling `json:"kopregel"`
	Leeg        Telling `json:"lege_regels"`
	Geleverd    Telling `json:"geleverd"` // accepted + quarantined, with the counted cents of the lines whose amount can be read
	Aanvaard    Telling `json:"aanvaard"`
	Quarantaine Telling `json:"quarantaine"`

	Onleesbaar    int64 `json:"regels_bedrag_onleesbaar"`     // quarantined lines whose counted amount can't be read: not in any sum
	OnleesbaarRuw int64 `json:"regels_ruw_bedrag_onleesbaar"` // idem for the raw amount, which a note's totals are about
	RuwDebetCt    int64 `json:"ruw_debet_ct"`                 // raw amounts of all lines delivered, debit
	RuwCreditCt   int64 `json:"ruw_credit_ct"`                // and credit, as a positive number

	Gemeenten            []string `json:"gemeentecodes"`                           // distinct in accepted lines, sorted, GM0855
	Pseudoniem           []string `json:"pseudoniem_versies"`                      // version labels of person pseudonyms, sorted
	PseudoniemHuishouden []string `json:"pseudoniem_versies_huishouden,omitempty"` // idem of household pseudonyms
	Personen             int64    `json:"personen"`                                // distinct persons: rows of persoon.parquet

	PeriodeVan      *Day  `json:"periode_van,omitempty"`    // first day seen in accepted lines
	PeriodeTot      *Day  `json:"periode_tot,omitempty"`    // last day seen, inclusive
	BuitenPeriodeCt int64 `json:"bedrag_buiten_periode_ct"` // counted cents of these
	BuitenPeriode   int64 `json:"regels_buiten_periode"`    // accepted lines wholly outside the note's period (rules 50: a finding)

	Onvolledig int64 `json:"datums_onvolledig"` // dates without a day or month in accepted lines, read as the first or last one they can be

	Redenen     []Reden     `json:"redenen,omitempty"`     // per rule and column
	Bevindingen []Bevinding `json:"bevindingen,omitempty"` // what deserves a look and refuses nothing
	Delen       []PartFile  `json:"delen,omitempty"`       // Parquet files of accepted lines
}

// Telling counts records, the physical lines they take, and the counted cents in them.
type Telling struct {
	Records int64 `json:"records"`
	Regels  int64 `json:"regels"`
	Cent    int64 `json:"bedrag_ct"`
}

// Reden is how often a rule put a line in quarantine because of a column; what was seen there, in Tekst, counts apart.
type Reden struct {
	Code   string `json:"regel_code"`
	Kolom  string `json:"kolom,omitempty"`
	Aantal int64  `json:"aantal"`
	Eerste int64  `json:"eerste_regel"` // first physical line
	Tekst  string `json:"reden"`        // Dutch
}

// Bevinding is a remark about the file as a whole.
type Bevinding struct {
	Code   string `json:"code"`
	Tekst  string `json:"tekst"`               // Dutch
	Regels *int64 `json:"regels,omitempty"`    // lines it is about; nil: the file as a whole
	Cent   *int64 `json:"bedrag_ct,omitempty"` // their counted cents; nil: as Regels, or a kind without money
}

// PartFile is one Parquet file of accepted lines.
type PartFile struct {
	Naam   string `json:"naam"`
	Regels int64  `json:"regels"`
	Bytes  int64  `json:"bytes"`
}
