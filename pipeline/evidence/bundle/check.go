package bundle

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"stapel/pipeline/control"
	"stapel/pipeline/evidence/archive"
	"stapel/pipeline/evidence/attest"
	"stapel/pipeline/evidence/recount"
	"stapel/pipeline/evidence/verify"
	"stapel/pipeline/exit"
	"stapel/pipeline/lake"
	"stapel/pipeline/published"
	"stapel/reports/nl"
)

// Checked is what was looked at in a bundle, and what was found.
type Checked struct {
	Code       exit.Code        `json:"exit"`
	Run        string           `json:"run_id"`
	Peildatum  string           `json:"peildatum"`
	Sha256     string           `json:"inhoud_sha256"` // of the archive that these files make: what the municipality wrote down
	Files      int              `json:"bestanden"`
	OfRun      int              `json:"bestanden_van_de_run"`
	LeftOut    int              `json:"weggelaten"` // files of the run that the bundle does not have
	Tables     int              `json:"tabellen"`
	Rows       int64            `json:"rijen"`
	Identities []string         `json:"identiteiten"` // Dutch: what was added up again, and held
	Signed     bool             `json:"ondertekend"`
	Trusted    bool             `json:"sleutel_vertrouwd"` // the keys were held to ones known from elsewhere
	Draws      int              `json:"steekproeven"`
	Lines      int              `json:"regels"`
	Households int              `json:"huishoudens"`
	Findings   []verify.Finding `json:"bevindingen"`
}

// checking is a bundle that is looked at.
type checking struct {
	dir       string
	inventory Inventory
	manifest  *control.Manifest
	folder    lake.Folder
	trusted   []attest.PublicKey
	entries   map[string]archive.Entry
	result    Checked
}

const askAgain = "vraag de bundel opnieuw"

// Check looks at what came out of a bundle: a folder, or the archive that age decrypted. trusted are keys that sign, known from elsewhere. It reads nothing but
// the bundle.
func Check(ctx context.Context, at string, trusted []attest.PublicKey) (_ *Checked, err error) {
	st, err := os.Stat(at)
	if err != nil {
		return nil, exit.Misuse("name the folder that `stapel bundle --open` made, or what age decrypted", "there is no bundle there")
	}
	if !st.IsDir() {
		if sealed(at) {
			return nil, exit.Misuse("open it first: stapel bundle --open FILE --identity KEY --out FOLDER", "the bundle is encrypted")
		}
		part, err := os.MkdirTemp("", "stapel-bundel-") // mode 0700
		if err != nil {
			return nil, err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(part)) }()
		if _, err := archive.OpenPlain(ctx, at, filepath.Join(part, "b")); err != nil {
			return nil, err
		}
		at = filepath.Join(part, "b")
	}
	c := &checking{dir: at, trusted: trusted}
	for _, step := range []func(context.Context) error{c.open, c.files, c.evidence, c.outputs, c.recount, c.samples} {
		if err := ctx.Err(); err != nil {
			return nil, &exit.Error{Code: exit.Interrupted, Err: errors.New("interrupted; nothing is shown")}
		}
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(c.result.Findings, func(a, b verify.Finding) int { return cmp.Compare(a.File, b.File) })
	if verify.Differences(c.result.Findings) > 0 {
		c.result.Code = exit.Difference
	}
	return &c.result, nil
}

// sealed reports whether a file is encrypted with age.
func sealed(file string) bool {
	f, err := os.Open(file)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, 64)
	n, _ := io.ReadFull(f, head)
	return bytes.HasPrefix(head[:n], []byte("age-encryption.org/")) || bytes.HasPrefix(head[:n], []byte("-----BEGIN AGE"))
}

func (c *checking) say(code verify.Code, file, what, do string) {
	c.result.Findings = append(c.result.Findings, verify.Finding{Code: code, Run: c.inventory.Run, File: file, What: what, Do: do})
}

// inRun is the name of a file of the run in the bundle.
func (c *checking) inRun(file string) string { return path.Join("runs", c.inventory.Run, file) }

// open reads the inventory.
func (c *checking) open(context.Context) error {
	data, err := os.ReadFile(filepath.Join(c.dir, inventoryFile))
	in := json.NewDecoder(bytes.NewReader(data))
	in.DisallowUnknownFields()
	if err != nil || in.Decode(&c.inventory) != nil || c.inventory.Sort != inventorySort || c.inventory.Format != inventoryFormat || !published.IsRun(c.inventory.Run) {
		return exit.Misuse("name the folder that `stapel bundle --open` made, or what age decrypted", "that is no bundle: its %s is not there or can't be read", inventoryFile)
	}
	c.result.Run, c.result.Peildatum, c.result.Trusted = c.inventory.Run, c.inventory.Peildatum, len(c.trusted) > 0
	c.folder = (&lake.Lake{Root: c.dir}).Run(c.inventory.Run)
	return nil
}

// files holds what is there to the inventory, and works out the hash of the archive.
func (c *checking) files(ctx context.Context) error {
	all, err := archive.Folder(c.dir)
	if err != nil {
		return &exit.Error{Code: exit.Difference, Err: errors.New("there is something in the bundle that is no file"), Remedy: "unpack it again"}
	}
	c.entries = map[string]archive.Entry{}
	for _, e := range all {
		c.entries[e.Name] = e
	}
	c.result.Files = len(all)
	named := map[string]bool{inventoryFile: true}
	for _, f := range c.inventory.Files {
		named[f.File] = true
		switch e, there := c.entries[f.File]; {
		case !there:
			c.say(verify.Missing, f.File, "weg, terwijl "+inventoryFile+" het noemt", askAgain)
		case e.Sha256 != f.Sha256:
			c.say(verify.Changed, f.File, fmt.Sprintf("andere inhoud dan %s noemt; sha256 %.12s…, verwacht %.12s…", inventoryFile, e.Sha256, f.Sha256), askAgain)
		}
	}
	for _, e := range all {
		if !named[e.Name] {
			c.say(verify.Extra, e.Name, "dit bestand staat niet in "+inventoryFile, "zet het buiten de map van de bundel")
		}
	}
	_, c.result.Sha256, err = archive.Sum(ctx, all)
	return err
}

// evidence holds manifest and journal to each other, to the chain and to the signature.
func (c *checking) evidence(context.Context) error {
	m, what, err := verify.ReadManifest(c.folder, c.inventory.Run)
	if err != nil {
		return err
	}
	file := c.inRun(lake.ManifestName)
	if what != "" {
		c.say(verify.Manifest, file, what, askAgain)
	} else {
		c.manifest = m
	}
	if journal := c.inRun(lake.JournalName); c.manifest != nil && m.Journal != "" && c.entries[journal].Sha256 != m.Journal {
		c.say(verify.Journal, journal, "niet het journaal dat het manifest noemt", askAgain)
	}
	found, err := attest.Check(c.dir, c.inventory.Run, c.trusted)
	if err != nil {
		return err
	}
	for name := range c.entries {
		if path.Dir(name) != lake.ReceiptsName || path.Ext(name) != ".txt" {
			continue
		}
		if _, wrong, err := attest.CheckReceipt(c.dir, filepath.Join(c.dir, filepath.FromSlash(name))); err != nil || len(wrong) > 0 {
			c.say(verify.Evidence, name, "de keten heeft een andere kop dan dit bericht, of het is geen bericht", "vergelijk het met het bericht dat u kreeg")
		}
	}
	c.result.Signed = c.entries[c.inRun(lake.EnvelopeName)].Name != ""
	for _, f := range found {
		if f.Kind == attest.Unsigned {
			c.result.Findings = append(c.result.Findings, verify.Finding{Code: verify.Unsigned, Run: f.Run, File: f.File, What: strings.TrimSuffix(f.Text, "."), Remark: f.Note})
			continue
		}
		c.result.Findings = append(c.result.Findings, verify.Finding{Code: verify.Evidence, Nature: verify.Nature(f.Kind), Run: f.Run, File: f.File, Line: f.Line,
			What: strings.TrimSuffix(f.Text, "."), Do: askAgain, Remark: f.Note})
	}
	return nil
}

// outputs holds the files of the run to the manifest, also those that should be there and are not; and reads every table anew.
func (c *checking) outputs(context.Context) error {
	if c.manifest == nil {
		return nil
	}
	named := map[string]bool{}
	for _, o := range c.manifest.Outputs {
		file := c.inRun(o.File)
		named[file] = true
		e, there := c.entries[file]
		switch {
		case !there && why(o) != "":
			c.result.LeftOut++
			continue
		case !there:
			c.say(verify.Missing, file, "weg: het hoort in elke bundel van deze run", askAgain)
			continue
		case e.Sha256 != o.Sha256:
			c.say(verify.Changed, file, fmt.Sprintf("andere inhoud dan het manifest noemt; sha256 %.12s…, verwacht %.12s…", e.Sha256, o.Sha256), askAgain)
			continue
		}
		c.result.OfRun++
		if path.Ext(file) != ".parquet" {
			continue
		}
		digest, rows, err := verify.Table(c.folder.File(o.File))
		c.result.Tables, c.result.Rows = c.result.Tables+1, c.result.Rows+rows
		if err != nil || o.RowDigest != "" && digest != o.RowDigest {
			c.say(verify.Rows, file, "andere rijen dan het manifest noemt, of niet te lezen", "meld dit")
		}
	}
	for _, f := range []string{lake.ManifestName, lake.JournalName, lake.EnvelopeName} {
		named[c.inRun(f)] = true
	}
	for name := range c.entries {
		if strings.HasPrefix(name, "runs/") && !named[name] {
			c.say(verify.Extra, name, "dit bestand staat niet in het manifest van de run", "gebruik het niet; "+askAgain)
		}
	}
	return c.configuration()
}

// configuration holds contracts and rules to the manifest.
func (c *checking) configuration() error {
	for _, f := range c.manifest.Files {
		file := path.Join(configFolder, f.Origin, f.File)
		switch e, there := c.entries[file]; {
		case there && e.Sha256 != f.Sha256:
			c.say(verify.Config, file, "niet het bestand waarmee de run is gemaakt", askAgain)
		case !there && !slices.ContainsFunc(c.inventory.LeftOut, func(l Left) bool { return slices.Contains(l.Files, file) }):
			c.say(verify.Missing, file, "weg, en "+inventoryFile+" zegt niet waarom", askAgain)
		}
	}
	return nil
}

// recount adds up again what totals allow.
func (c *checking) recount(ctx context.Context) error {
	if c.manifest == nil {
		return nil
	}
	held, wrong, err := recount.All(ctx, c.manifest, c.folder, func(table string) bool {
		_, _, err := verify.Table(c.folder.Mart(table))
		return err == nil
	})
	c.result.Identities = held
	for _, w := range wrong {
		file := c.inRun(lake.ManifestName)
		if len(w.Files) > 0 {
			file = c.inRun(w.Files[0])
		}
		c.say(verify.Identity, file, w.Name+": "+w.What, "meld dit")
	}
	return err
}

// Print says what was looked at and what was found, a line each.
func (r *Checked) Print(labelled func(label, format string, a ...any)) {
	labelled("run", "%s, peildatum %s", r.Run, r.Peildatum)
	labelled("bundel", "%s, sha256 %s", nl.Count(int64(r.Files), "bestand", "bestanden"), r.Sha256)
	labelled("", "vergelijk die met wat de gemeente noemde toen ze de bundel gaf")
	labelled("manifest", "%s van de run zijn er en gelijk; %d zijn weggelaten (LEESMIJ.txt zegt waarom)", nl.Count(int64(r.OfRun), "bestand", "bestanden"), r.LeftOut)
	labelled("tabellen", "%d met %s opnieuw gelezen; %s", r.Tables, nl.Count(r.Rows, "rij", "rijen"), nl.Count(int64(len(r.Identities)), "optelling klopt", "optellingen kloppen"))
	switch {
	case !r.Signed:
		labelled("ondertekend", "nee")
	case !r.Trusted:
		labelled("ondertekend", "ja; van wie de sleutel is, is niet nagegaan: geef met --vertrouw de sleutel die u langs een andere weg kreeg")
	default:
		labelled("ondertekend", "ja; gehouden aan de sleutel van --vertrouw")
	}
	if r.Draws > 0 {
		labelled("steekproef", "%s, %s van %s", nl.Count(int64(r.Draws), "trekking", "trekkingen"), nl.Count(int64(r.Lines), "regel", "regels"),
			nl.Count(int64(r.Households), "huishouden", "huishoudens"))
	}
	for _, f := range r.Findings {
		label := "melding"
		if !f.Remark {
			label = "verschil"
		}
		labelled(label, "%s", f)
	}
	faults := verify.Differences(r.Findings)
	if faults == 0 {
		labelled("uitkomst", "geen verschillen")
		return
	}
	labelled("uitkomst", "%s", nl.Count(int64(faults), "verschil", "verschillen"))
}
