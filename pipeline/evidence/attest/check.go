package attest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"

	"stapel/pipeline/lake"
)

// Check is the function of that name, of what was opened.
func (r *Register) Check(run string, trusted []PublicKey) ([]Finding, error) {
	c := r.checking(trusted)
	c.checkPins()
	if err := c.checkReceipts(); err != nil {
		return nil, err
	}
	var err error
	if c.purged, err = r.lake.PurgedRuns(); err != nil {
		return nil, err
	}
	ids, err := r.lake.Runs()
	if err != nil {
		return nil, err
	}
	if run != "" {
		ids = []string{run}
	} else {
		for id := range c.last {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
		slices.Sort(ids)
	}
	for _, id := range ids {
		if err := c.checkRun(id); err != nil {
			return nil, err
		}
	}
	return c.found, nil
}

type checking struct {
	*Register
	ring    keyring
	trusted []PublicKey
	found   []Finding
	lines   []Line         // as they could be read, by their place in the file
	changed map[int]bool   // places of lines that were found to be changed
	last    map[string]int // place of a run's last line
	purged  map[string]lake.Purged
}

// checking begins a check: with the register of keys, and every line of the chain.
func (r *Register) checking(trusted []PublicKey) *checking {
	c := &checking{Register: r, ring: r.readKeys(), trusted: trusted, changed: map[int]bool{}, last: map[string]int{}}
	c.found = append(c.found, c.ring.findings...)
	c.checkChain()
	return c
}

const restoreChain = "Zet keten.jsonl terug uit een kopie en vergelijk de kop met die bij de accountant."

func (c *checking) say(kind Kind, file string, line int, run, todo, format string, a ...any) {
	c.found = append(c.found, Finding{Kind: kind, File: file, Line: line, Run: run, Text: fmt.Sprintf(format, a...), Todo: todo})
}

// broken says that a line of the chain is not as it was written, once.
func (c *checking) broken(at int, format string, a ...any) {
	if !c.changed[at] {
		c.changed[at] = true
		c.say(ChainBroken, lake.ChainName, at+1, c.lines[at].Run, restoreChain, "Regel %d van de keten "+format+".", append([]any{at + 1}, a...)...)
	}
}

// checkChain holds every line to itself and to the one before.
func (c *checking) checkChain() {
	c.lines = make([]Line, len(c.chain.lines))
	have := map[int]bool{}
	for i := range c.chain.lines {
		if !c.chain.parse(i, &c.lines[i]) {
			c.lines[i].Run = ""
			c.broken(i, "is niet te lezen of is anders geschreven dan stapel het doet")
			continue
		}
		if c.lines[i].Sha256 != c.lines[i].sum() {
			c.broken(i, "is veranderd: de hash van de regel klopt niet")
		}
		have[c.lines[i].Nr] = true
		c.last[c.lines[i].Run] = i
	}
	expect := 1
	for i, line := range c.lines {
		if c.changed[i] {
			expect++
			continue
		}
		previous := ""
		if i > 0 {
			previous = c.lines[i-1].Sha256
		}
		switch missing := c.missing(expect, line.Nr, have); {
		case missing > 0:
			c.say(ChainLineMissing, lake.ChainName, i+1, "", restoreChain, "Voor regel %d van de keten zijn regels weggehaald: %d.", i+1, missing)
		case line.Nr != expect && (i == 0 || !c.changed[i-1]):
			c.broken(i, "staat niet op haar plaats")
		case line.Previous != previous && i == 0:
			c.broken(i, "is vervangen: zij noemt een regel ervoor, en die is er niet")
		case line.Previous != previous && !c.changed[i-1]:
			c.broken(i-1, "is vervangen of verplaatst: de regel erna noemt een andere")
		}
		expect = line.Nr + 1
	}
	if c.chain.torn {
		c.say(ChainTorn, lake.ChainName, len(c.lines)+1, "", "Voer de run opnieuw uit: dat schrijft de regel opnieuw.",
			"De laatste regel van de keten is afgebroken.")
	}
}

// missing is how many numbers from one to before another no line has.
func (c *checking) missing(from, to int, have map[int]bool) (n int) {
	if to-from > 1<<20 {
		return to - from // no chain is that long
	}
	for nr := from; nr < to; nr++ {
		if !have[nr] {
			n++
		}
	}
	if n > 0 && len(c.changed) > 0 { // a line that can't be read has one of these numbers
		n = max(0, n-len(c.changed))
	}
	return n
}

// checkPins holds the chain to what the register of keys says that it was.
func (c *checking) checkPins() {
	for _, e := range c.Keys {
		c.pinned(e.Chain, lake.KeyRegisterName)
	}
}

// pinned holds the chain to a head that it had. What is wrong with the line itself was said already.
func (c *checking) pinned(h Head, by string) {
	at := slices.IndexFunc(c.lines, func(l Line) bool { return l.Nr == h.Lines })
	switch {
	case h.Lines == 0:
	case at < 0 && len(c.changed) == 0 && !c.said(ChainLineMissing):
		c.say(ChainLineMissing, lake.ChainName, len(c.lines)+1, "", restoreChain, "Aan het eind van de keten zijn regels weggehaald: %s noemt regel %d.", by, h.Lines)
	case at >= 0 && !c.changed[at] && c.lines[at].Sha256 != h.Sha256:
		c.broken(at, "is vervangen: %s noemt een andere", by)
	}
}

func (c *checking) said(kind Kind) bool {
	return slices.ContainsFunc(c.found, func(f Finding) bool { return f.Kind == kind })
}

// checkRun holds a run to its line and its statement.
func (c *checking) checkRun(id string) error {
	folder := path.Join("runs", id)
	at, chained := c.last[id]
	p, err := readRun(c.lake.Run(id), id)
	if gone, said := c.purged[id]; errors.Is(err, fs.ErrNotExist) && said && chained && gone.Manifest == c.lines[at].Manifest {
		folder = path.Join(lake.PurgedName, id)
		if p, err = readRun(c.lake.Purged(id), id); err == nil {
			c.found = append(c.found, Finding{Kind: RunPurged, File: folder, Run: id, Note: true,
				Text: fmt.Sprintf("Run %s is op %.10s weggehaald met stapel purge; van haar bewijs is niets weg.", id, gone.When)})
		}
	}
	manifest, envelope := path.Join(folder, lake.ManifestName), path.Join(folder, lake.EnvelopeName)
	switch {
	case errors.Is(err, fs.ErrNotExist) && chained && c.changed[at]:
		return nil // the line was changed, and names a run that never was
	case errors.Is(err, fs.ErrNotExist):
		c.say(RunRemoved, folder, 0, id, "Zet de map terug uit een kopie.", "Run %s is gepubliceerd en is er niet meer, of heeft geen manifest.", id)
		return nil
	case errors.Is(err, lake.ErrDamaged):
		c.say(ManifestDiffers, manifest, 0, id, restoreRun, "Het manifest van run %s is niet te lezen.", id)
		return nil
	case err != nil:
		return err
	}
	if !chained {
		c.unchained(p, folder)
		return nil
	}
	line := c.lines[at]
	for i, other := range c.lines {
		if other.Run == id && i < at && other.Manifest != line.Manifest {
			c.found = append(c.found, Finding{Kind: RunRemade, File: lake.ChainName, Line: i + 1, Run: id, Note: true,
				Text: fmt.Sprintf("Run %s staat vaker in de keten: de map is weggehaald en de run is opnieuw gemaakt.", id)})
		}
	}
	if !c.signed(p, at, folder, manifest, envelope) {
		c.manifestOf(p, at, manifest)
	}
	return nil
}

// signed holds a run to its statement, when there is one with a good signature; it reports whether there is.
func (c *checking) signed(p published, at int, folder, manifest, envelope string) bool {
	line, id := c.lines[at], p.id
	e, body, err := openEnvelope(p.envelope)
	switch {
	case p.envelope == nil && line.Statement == "":
		c.unsigned(p, folder)
		return false
	case p.envelope == nil:
		c.say(StatementMissing, envelope, 0, id, restoreRun, "De ondertekende verklaring van run %s is weg; de keten zegt dat zij er was.", id)
		return false
	case err != nil:
		c.say(Signature, envelope, 0, id, restoreRun, "De ondertekende verklaring van run %s is veranderd: zij is niet te lezen zoals stapel haar schreef.", id)
		return false
	}
	var s Statement
	key := c.ring.of[e.Signatures[0].KeyID]
	switch {
	case json.Unmarshal(body, &s) != nil:
		c.say(Signature, envelope, 0, id, restoreRun, "Wat er ondertekend is van run %s, is geen verklaring.", id)
	case sum(body) == line.Statement && key == nil && c.trustedKey(e.Signatures[0].KeyID) == nil:
		c.say(KeyUnknown, envelope, 0, id, "Vraag wie ondertekende en vergelijk het kenmerk.",
			"Run %s is ondertekend met een sleutel die het sleutelregister niet kent.", id)
	case !c.signedBy(e.Signatures[0].KeyID, func(k PublicKey) bool { return verify(e, k) == nil }):
		c.say(Signature, envelope, 0, id, restoreRun, "De handtekening onder run %s klopt niet: de verklaring of de handtekening is veranderd.", id)
	default:
		if s.Predicate.Key != e.Signatures[0].KeyID {
			c.say(StatementDiffers, envelope, 0, id, restoreRun, "De verklaring van run %s noemt een andere sleutel dan die haar ondertekende.", id)
		}
		c.statement(p, at, s, sum(body), manifest, envelope)
		return true
	}
	return false
}

const restoreRun = "Zet de map van de run terug uit een kopie, of voer de run opnieuw uit in een andere datamap en vergelijk."

func (c *checking) trustedKey(id string) *PublicKey {
	for i := range c.trusted {
		if c.trusted[i].ID == id {
			return &c.trusted[i]
		}
	}
	return nil
}

// signedBy tries the key of a kenmerk, as the register or who trusts has it.
func (c *checking) signedBy(id string, good func(PublicKey) bool) bool {
	if p := c.ring.of[id]; p != nil {
		return good(p.key)
	}
	k := c.trustedKey(id)
	return k != nil && good(*k)
}

// unchained says that the chain does not have a run, unless a line that was changed has it.
func (c *checking) unchained(p published, folder string) {
	for at, line := range c.lines {
		if line.Manifest == p.sha256 && c.changed[at] {
			return
		}
	}
	for at := range c.changed {
		if c.lines[at].Run == "" { // a line that can't be read
			return
		}
	}
	c.say(RunUnchained, folder, 0, p.id, "Voer `stapel run` uit: dat neemt haar op. Was zij er al lang, zoek dan uit wie de regel weghaalde.",
		"Run %s staat niet in de keten.", p.id)
}

// unsigned says that a run has no statement: a fault where somebody trusts keys.
func (c *checking) unsigned(p published, folder string) {
	f := Finding{Kind: Unsigned, File: folder, Run: p.id, Text: fmt.Sprintf("Run %s is niet ondertekend.", p.id), Note: len(c.trusted) == 0}
	if !f.Note {
		f.Todo = "Voer de run opnieuw uit met een ondertekensleutel, in een datamap waarin zij er nog niet is."
	}
	c.found = append(c.found, f)
}

// manifestOf holds the manifest to the line of the run.
func (c *checking) manifestOf(p published, at int, manifest string) {
	line := c.lines[at]
	switch {
	case c.changed[at]:
	case p.sha256 != line.Manifest:
		c.say(ManifestDiffers, manifest, 0, p.id, restoreRun, "Het manifest van run %s is niet dat van de publicatie.", p.id)
	case line.When != p.manifest.Execution.Finished || p.manifest.RunID != p.id:
		c.broken(at, "zegt iets anders dan het manifest van de run")
	}
}

// statement holds what was signed to the run, the chain and the register; the signature is right.
func (c *checking) statement(p published, at int, s Statement, sha256, manifest, envelope string) {
	line, said, id := c.lines[at], s.Predicate, p.id
	switch {
	case said.Manifest != p.sha256 && (c.changed[at] || said.Manifest == line.Manifest):
		c.say(ManifestDiffers, manifest, 0, id, restoreRun, "Het manifest van run %s is niet dat van de publicatie: het ondertekende was een ander.", id)
		return
	case said.Manifest != p.sha256:
		c.say(StatementDiffers, envelope, 0, id, restoreRun, "De verklaring gaat over een ander manifest dan dat van run %s.", id)
		return
	case c.changed[at]:
	case line.Manifest != p.sha256 || line.Statement != sha256 || line.When != p.manifest.Execution.Finished:
		c.broken(at, "zegt iets anders dan run %s en haar ondertekende verklaring", id)
	case line.Nr != said.Chain.Nr || line.Previous != said.Chain.Previous:
		c.broken(at, "staat op een andere plaats dan waar run %s ondertekend is", id)
	}
	want, err := json.Marshal(state(&p.manifest, p.sha256, said.Chain, said.Key, said.Keys))
	if err != nil || sum(want) != sha256 {
		c.say(StatementDiffers, envelope, 0, id, restoreRun, "De verklaring noemt andere bestanden of een andere run dan het manifest van run %s.", id)
	}
	c.keyOf(id, said, envelope)
	if n := said.Keys.Lines; n > len(c.keys.lines) || len(c.ring.findings) == 0 && c.keyHead(n) != said.Keys {
		c.say(KeyRegister, lake.KeyRegisterName, min(n, len(c.keys.lines)), id, putBack,
			"Toen run %s ondertekend werd, stond er iets anders in het sleutelregister: er is een regel weggehaald of vervangen.", id)
	}
}

// keyOf says whether the key of a statement counted where it was signed. That is its place in the chain, not a clock.
func (c *checking) keyOf(id string, said Predicate, envelope string) {
	nr := said.Chain.Nr
	if k := c.ring.of[said.Key]; k != nil {
		switch {
		case nr <= k.from:
			c.say(KeyEarly, envelope, 0, id, "Vraag wie ondertekende.",
				"Run %s is nummer %d van de keten, en haar sleutel mag pas vanaf nummer %d ondertekenen.", id, nr, k.from+1)
		case k.ended && nr > k.last:
			c.say(KeyRevoked, envelope, 0, id, "Voer de run opnieuw uit in een andere datamap, met de sleutel die nu geldt.",
				"Run %s is nummer %d van de keten, en haar sleutel is %s en geldt tot en met nummer %d.", id, nr, k.how, k.last)
		}
	}
	if len(c.trusted) > 0 && !c.ring.vouched(c.trusted)[said.Key] {
		c.say(KeyUntrusted, envelope, 0, id, "Vergelijk het kenmerk met de gemeente, langs een andere weg dan dit bestand.",
			"Run %s is ondertekend met een sleutel waar geen vertrouwde sleutel voor instaat.", id)
	}
}
