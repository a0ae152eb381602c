package bundle

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"stapel/config"
	"stapel/docs"
	"stapel/pipeline/control"
	"stapel/pipeline/evidence/archive"
	"stapel/pipeline/evidence/attest"
	"stapel/pipeline/lake"
	"stapel/pipeline/published"
	"stapel/transforms"
)

// contents is what goes into a bundle.
type contents struct {
	run       *published.Run
	opt       Options
	cfg       *config.Config // of the run, where that is still to be had; else of now
	entries   []archive.Entry
	inventory Inventory

	drawnLines, households int
}

// Reasons why outputs of a run are not in a bundle.
const (
	perHousehold = "gegevens per huishouden: hiervan gaan alleen de getrokken regels mee, in " + sampleFolder + "/"
	forAnalyst   = "het rapport van de analist is niet voor de accountant; de totalen waar het van gemaakt is gaan mee, in marts/"
)

// why says why an output of a run is not in a bundle; "": it is.
func why(o control.Output) string {
	switch {
	case o.Level != transforms.LevelTotaal && o.Level != transforms.LevelVrij:
		return perHousehold
	case strings.HasPrefix(o.File, lake.ReportName("analist/")):
		return forAnalyst
	}
	return ""
}

// elsewhere is what is not in a bundle and no output of the run.
var elsewhere = []Left{
	{What: "inbox, lake en quarantaine", Why: "daarin staan alle regels; van de getrokken regels gaat mee wat er in de bron staat, zonder nummers van personen, vrije tekst en ja/nee-kolommen"},
	{What: "de sleuteltabel en de projectsleutel", Why: "daarmee zijn personen terug te vinden; de ondertekensleutel blijft ook bij de gemeente"},
	{What: "de logboeken", Why: "daarin staan namen van medewerkers; hoever ze waren, met hun hash, staat in het manifest"},
	{What: "selecties, lotingen en dossiers", Why: "gegevens per huishouden"},
	{What: "andere runs", Why: "deze bundel is van één run; de keten noemt ze wel"},
}

// collect gathers everything, and writes down what it is.
func (c *contents) collect(ctx context.Context) error {
	id := c.run.ID()
	c.inventory = Inventory{Sort: inventorySort, Format: inventoryFormat, Run: id, Peildatum: c.run.Manifest.Peildatum, Draws: []string{}}
	for _, step := range []func(context.Context) error{c.outputs, c.evidence, c.configuration, c.samples, c.pages} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	c.inventory.LeftOut = append(c.inventory.LeftOut, elsewhere...)
	readme, err := c.readme()
	if err != nil {
		return err
	}
	c.entries = append(c.entries, archive.Text(readmeFile, readme))
	slices.SortFunc(c.entries, func(a, b archive.Entry) int { return cmp.Compare(a.Name, b.Name) })
	for _, e := range c.entries {
		c.inventory.Files = append(c.inventory.Files, Packed{e.Name, e.Bytes, e.Sha256})
	}
	data, err := c.inventory.json()
	c.entries = append(c.entries, archive.Text(inventoryFile, data))
	return err
}

func (c *contents) leftOut() (n int) {
	for _, l := range c.inventory.LeftOut {
		n += len(l.Files)
	}
	return n
}

// inRun is where a file of the run lies in the bundle: where it lies in a data folder.
func (c *contents) inRun(file string) string { return path.Join("runs", c.run.ID(), file) }

func (c *contents) file(name, at string) error {
	e, err := archive.File(name, at)
	if err == nil {
		c.entries = append(c.entries, e)
	}
	return err
}

// outputs takes the outputs that may go, each as the manifest has it, and says which do not.
func (c *contents) outputs(context.Context) error {
	left := map[string][]string{}
	for _, o := range c.run.Manifest.Outputs {
		if w := why(o); w != "" {
			left[w] = append(left[w], o.File)
			continue
		}
		e, err := archive.File(c.inRun(o.File), c.run.Folder().File(o.File))
		if err != nil {
			return err
		}
		if e.Sha256 != o.Sha256 {
			return c.run.Differs("%s was changed or removed", o.File)
		}
		c.entries = append(c.entries, e)
	}
	for _, l := range []Left{{What: "tabellen, bladen en bestanden per huishouden", Why: perHousehold}, {What: "het rapport van de analist", Why: forAnalyst}} {
		if l.Files = left[l.Why]; len(l.Files) > 0 {
			slices.Sort(l.Files)
			c.inventory.LeftOut = append(c.inventory.LeftOut, l)
		}
	}
	return nil
}

// evidence takes what shows that the run is what was published: manifest, journal, statement, chain, register of keys and heads that were given to others.
func (c *contents) evidence(context.Context) error {
	f, l := c.run.Folder(), c.run.Lake
	if err := errors.Join(c.file(c.inRun(lake.ManifestName), f.Manifest()), c.file(c.inRun(lake.JournalName), f.Journal())); err != nil {
		return err
	}
	for name, at := range map[string]string{c.inRun(lake.EnvelopeName): f.Envelope(), lake.ChainName: l.Chain(), lake.KeyRegisterName: l.KeyRegister()} {
		if err := c.file(name, at); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	receipts, err := os.ReadDir(l.Receipts())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, r := range receipts {
		if r.Type().IsRegular() && attest.IsReceipt(r.Name()) {
			if err := c.file(path.Join(lake.ReceiptsName, r.Name()), filepath.Join(l.Receipts(), r.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

// configuration takes contracts and rules as the run had them. A file that is another now is left out, and that is said.
func (c *contents) configuration(context.Context) error {
	now, err := c.opt.Load(nil)
	if err != nil {
		return err
	}
	cfg, had, err := published.Configuration(&c.run.Manifest, now, c.opt.Load)
	if err != nil {
		return err
	}
	if c.cfg = cfg; !had {
		c.cfg = now
	}
	left := Left{What: "bestanden van de configuratie die sinds de run veranderd zijn", Why: "het manifest heeft hun hash; de gemeente heeft misschien nog een kopie"}
	for _, f := range c.run.Manifest.Files {
		at := slices.IndexFunc(c.cfg.Files, func(g config.File) bool { return g.Name == f.File && g.Origin == f.Origin && g.Sha256 == f.Sha256 })
		if at < 0 {
			left.Files = append(left.Files, path.Join(configFolder, f.Origin, f.File))
			continue
		}
		c.entries = append(c.entries, archive.Text(path.Join(configFolder, f.Origin, f.File), c.cfg.Files[at].Data))
	}
	if len(left.Files) > 0 {
		c.inventory.LeftOut = append(c.inventory.LeftOut, left)
	}
	return nil
}

// pages takes how to check a bundle, and what figures mean.
func (c *contents) pages(context.Context) error {
	pages, err := fs.Glob(docs.Pages, "*.md")
	for _, name := range pages {
		data, err := docs.Pages.ReadFile(name)
		if err != nil {
			return err
		}
		c.entries = append(c.entries, archive.Text(path.Join(pageFolder, name), data))
	}
	return err
}
