package verify

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"stapel/pipeline/control"
	"stapel/pipeline/lake"
)

// manifests reads the manifest of every run. Nothing of a run is held to a manifest that is not what the run wrote.
func (v *verifying) manifests(context.Context) error {
	wrong := map[string]bool{} // by evidence
	for _, f := range v.result.Findings {
		if f.Code == Manifest {
			wrong[f.Run] = true
		}
	}
	for _, r := range v.all {
		if wrong[r.id] {
			continue
		}
		wanted := slices.Contains(v.wanted, r)
		what, err := r.read()
		if err != nil {
			return err
		}
		file := r.in(lake.ManifestName)
		switch {
		case what == "":
			r.good = true
			r.result.Peildatum = r.Peildatum
		case what == gone:
			v.say(Finding{Code: Missing, Run: r.id, File: file, What: "weg; zonder manifest is van deze run niets na te gaan", Do: restore})
		default:
			v.say(Finding{Code: Manifest, Run: r.id, File: file, What: what + "; de rest van deze run is er niet aan gehouden", Do: restore})
		}
		if r.good && wanted {
			if err := v.journal(r); err != nil {
				return err
			}
		}
	}
	return nil
}

const gone = "weg"

// read reads the manifest of a run, and says what is wrong with it.
func (r *run) read() (what string, err error) {
	r.Manifest, what, err = ReadManifest(r.folder, r.id)
	return what, err
}

// ReadManifest reads the manifest of a run, and says in Dutch what is wrong with it: "" when it can be what the run wrote. Its id is worked out again, so that
// what went into the run is what the id says. There is none, and nil, when it can't be read.
func ReadManifest(folder lake.Folder, run string) (*control.Manifest, string, error) {
	data, err := os.ReadFile(folder.Manifest())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, gone, nil
	}
	if err != nil {
		return nil, "", err
	}
	m := &control.Manifest{}
	if err := json.Unmarshal(data, m); err != nil {
		return nil, "geen manifest meer: niet te lezen", nil
	}
	if m.RunID != run {
		return m, "noemt een andere run dan de map", nil
	}
	if m.Journal != "" { // a run of before that has another form of manifest
		if again, err := m.JSON(); err != nil || !bytes.Equal(again, data) {
			return m, "niet zoals stapel het schrijft: er is iets in veranderd", nil
		}
	}
	if _, _, ok, err := madeAs(m); ok || err != nil {
		return m, "", err
	}
	return m, "invoer, configuratie, sleutel, programma of peildatum is een andere dan waaruit het nummer van de run volgt", nil
}

// madeAs is where a run stopped, and whether it was on the sample: with what its id follows from its manifest.
func madeAs(m *control.Manifest) (until string, synthetic, ok bool, err error) {
	for _, until := range []string{"", "marts"} {
		for _, synthetic := range []bool{false, true} {
			if id, err := m.ID(until, synthetic); err != nil || id == m.RunID {
				return until, synthetic, err == nil, err
			}
		}
	}
	return "", false, false, nil
}

// journal holds the journal to its hash in the manifest, and says at which line it differs where that can be told from the manifest.
func (v *verifying) journal(r *run) error {
	file := r.in(lake.JournalName)
	if r.Journal == "" {
		v.say(Finding{Code: Old, Run: r.id, File: file, Remark: true, What: "van voor het manifest de hash van het journaal had: niet na te gaan"})
		return nil
	}
	v.wants = append(v.wants, want{file: file, sha256: r.Journal, bytes: -1, run: r.id, by: "het manifest"})
	data, err := os.ReadFile(r.folder.Journal())
	if errors.Is(err, fs.ErrNotExist) {
		v.say(Finding{Code: Missing, Run: r.id, File: file, What: "weg, terwijl het manifest het noemt", Do: restore})
		return nil
	}
	if err != nil {
		return err
	}
	if v.hash(file).sha256 == r.Journal {
		return nil
	}
	f := Finding{Code: Journal, Run: r.id, File: file, Do: restore}
	f.Line, f.What = journalDiffers(r.Manifest, data)
	v.say(f)
	return nil
}

// journalDiffers is the first line of a journal that can't be the run's. Lines have numbers, and most say what the manifest says too.
func journalDiffers(m *control.Manifest, data []byte) (line int, what string) {
	said := map[string]bool{}
	add := func(e control.Entry) { said[entryText(e)] = true }
	add(control.Entry{Event: control.EventBegin, Name: m.RunID})
	add(control.Entry{Event: control.EventDone, Name: m.RunID})
	for _, in := range m.Inputs {
		add(control.Entry{Event: control.EventInput, Name: in.File, Sha256: in.Sha256, Rows: in.Accepted, Detail: in.Status})
	}
	for _, c := range m.Checks {
		add(control.Entry{Event: control.EventCheck, Name: c.Name, Rows: c.Violations, Detail: c.Sentence})
	}
	for _, o := range m.Outputs {
		add(control.Entry{Event: control.EventReport, Name: o.File, Sha256: o.Sha256})
	}
	for _, mo := range m.Models {
		add(control.Entry{Event: control.EventModel, Name: mo.Name, Sha256: mo.Sha256, Rows: mo.Rows})
		add(control.Entry{Event: control.EventModel, Name: mo.Name, Sha256: mo.Sha256, Detail: "view"})
	}
	n := 0
	last := control.Entry{}
	for text := range bytes.Lines(data) {
		n++
		e := control.Entry{}
		in := json.NewDecoder(bytes.NewReader(text))
		in.DisallowUnknownFields()
		again, err := []byte(nil), in.Decode(&e)
		if err == nil {
			again, err = json.Marshal(e)
		}
		switch {
		case err != nil || !bytes.Equal(append(again, '\n'), text):
			return n, "deze regel is niet te lezen zoals stapel hem schreef"
		case e.Seq > n:
			return n, fmt.Sprintf("hier staat regel %d van het journaal: er is een regel weg, of regels staan in een andere volgorde", e.Seq)
		case e.Seq < n:
			return n, fmt.Sprintf("hier staat regel %d van het journaal: er is een regel bij, of regels staan in een andere volgorde", e.Seq)
		case e.Event != control.EventTable && !said[entryText(e)]:
			return n, "deze regel zegt iets anders dan het manifest"
		}
		last = e
	}
	if last.Event != control.EventDone {
		return n, "het journaal houdt hier op, voor het einde"
	}
	return 0, "ergens in een regel over een tabel staat iets anders dan de run schreef"
}

func entryText(e control.Entry) string {
	return fmt.Sprintf("%s|%s|%s|%d|%s", e.Event, e.Name, e.Sha256, e.Rows, e.Detail)
}
