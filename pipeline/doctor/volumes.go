package doctor

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"stapel/config"
	"stapel/pipeline/machine"
	"stapel/reports/nl"
)

const (
	encrypt     = "zet de datamap op een versleuteld volume (LUKS); versleutelt de opslag eronder, leg dan vast waar dat staat"
	stagingName = ".staging"
)

// places are the folders that rows of people are written in, as far as they are there.
func (x *examination) places() (all []string) {
	for _, dir := range []string{x.Data, x.lake.Inbox(), x.lake.Kind(stagingName), filepath.Dir(x.lake.AllPersons()), x.lake.AllPersons(), x.quarantineFolder(), x.runs(),
		filepath.Join(x.runs(), stagingName)} {
		if exists(dir) {
			all = append(all, dir)
		}
	}
	return all
}

func (x *examination) runs() string { return filepath.Dir(string(x.lake.Run("x"))) }

// encryption looks at the volumes of the data folder and of what does not fit in memory, which is put below runs/.staging.
func (x *examination) encryption(context.Context) {
	const name = "versleuteling"
	if !exists(x.Data) {
		return
	}
	said := map[string]bool{}
	for _, dir := range x.places() {
		v, err := x.Machine.VolumeOf(dir)
		if err != nil {
			x.unseen(name, err)
			continue
		}
		if said[v.Point] {
			continue
		}
		said[v.Point] = true
		x.volume(name, "het volume van "+x.short(dir), v)
	}
	for _, pair := range [][2]string{{x.runs(), filepath.Join(x.runs(), stagingName)}, {filepath.Dir(x.lake.AllPersons()), x.lake.Kind(stagingName)}} {
		a, errA := x.device(pair[0])
		b, errB := x.device(pair[1])
		if errA == nil && errB == nil && a != b {
			x.say(name, Fault, "zet "+stagingName+" terug als gewone map", "%s ligt op een ander volume dan %s: wat daar wordt klaargezet is niet in één keer op zijn plaats te krijgen", x.short(pair[1]),
				x.short(pair[0]))
		}
	}
	spill := filepath.Join(x.runs(), stagingName)
	if !exists(spill) {
		spill = x.runs()
	}
	a, errA := x.device(x.Data)
	b, errB := x.device(spill)
	if errA == nil && errB == nil && a != b {
		x.say(name, Note, "zet runs/ als gewone map in de datamap", "wat niet in het geheugen past komt in %s te staan, op een ander volume dan de datamap", x.short(spill))
	}
}

// short is a folder as it lies below the data folder.
func (x *examination) short(dir string) string {
	rel, err := filepath.Rel(x.Data, dir)
	switch {
	case err != nil:
		return dir
	case rel == ".":
		return "de datamap"
	}
	return filepath.ToSlash(rel) + "/"
}

func (x *examination) volume(name, of string, v machine.Volume) {
	on := of + " (" + v.Kind + ", " + v.Source + ")"
	switch v.Crypt {
	case machine.Encrypted:
		x.say(name, Good, "", "%s is versleuteld", on)
	case machine.Plain:
		x.say(name, Note, encrypt, "%s wordt op deze machine niet versleuteld", on)
	case machine.InMemory:
		x.say(name, Note, "zet de datamap op een schijf", "%s is geheugen: na een herstart is alles weg", on)
	default:
		x.say(name, Unknown, encrypt, "of %s versleuteld is, is hier niet te zien", on)
	}
}

func (x *examination) swap(context.Context) {
	const name = "wisselgeheugen"
	all := x.Machine.Swaps()
	good := true
	for _, s := range all {
		switch s.Crypt {
		case machine.Plain, machine.Unknown:
			good = false
			v, what := Note, "%s is niet versleuteld: gegevens in het geheugen kunnen daar op schijf komen"
			if s.Crypt == machine.Unknown {
				v, what = Unknown, "of %s versleuteld is, is hier niet te zien"
			}
			x.say(name, v, "zet het uit (swapoff), versleutel het, of draai stapel als service: die gebruikt het niet (docs/schedule.md)", what, s.Name)
		}
	}
	if good {
		x.say(name, Good, "", "%s", map[bool]string{true: "is er niet", false: "is versleuteld of in het geheugen"}[len(all) == 0])
	}
}

// trino looks at the folder that a Trino and this machine share.
func (x *examination) trino(context.Context) {
	const name = "trino"
	if x.cfg == nil || x.cfg.Settings.Engine.Kind != config.EngineTrino {
		return
	}
	dir := x.cfg.Settings.Trino.SharedDir
	st, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		x.say(name, Fault, "koppel hem aan, of verander trino.shared_dir", "de map van trino.shared_dir is er niet")
		return
	case err != nil:
		x.unseen(name, err)
		return
	case st.Mode().Perm()&0o077 != 0:
		x.say(name, Fault, "chmod 700 "+shown(dir), "anderen kunnen bij de map van trino.shared_dir")
	}
	v, err := x.Machine.VolumeOf(dir)
	if err != nil {
		x.unseen(name, err)
		return
	}
	x.volume(name, "het volume van trino.shared_dir", v)
}

// A run needs so much room on the disk: the inbox times a factor, and a floor below which no estimate goes. docs/operations.md has the measurements.
const (
	runShare  = 1.5
	gzipRatio = 10 // so many bytes come out of one of a file that is packed
	leastFree = 1 << 30
)

// disk holds the room that there is to what a run is expected to write.
func (x *examination) disk(context.Context) {
	const name = "schijf"
	if !exists(x.Data) {
		return
	}
	free, err := x.free(x.Data)
	if err != nil {
		x.unseen(name, err)
		return
	}
	inbox := x.inboxBytes()
	need := max(int64(float64(inbox)*runShare), leastFree)
	switch {
	case free < need/2:
		x.say(name, Fault, "maak ruimte: stapel purge haalt oude runs weg", "er is %s vrij; een run over deze inbox (%s) heeft naar schatting %s nodig", sizeText(free), sizeText(inbox), sizeText(need))
	case free < need:
		x.say(name, Note, "maak ruimte: stapel purge haalt oude runs weg", "er is %s vrij; een run over deze inbox (%s) heeft naar schatting tot %s nodig", sizeText(free), sizeText(inbox), sizeText(need))
	default:
		x.say(name, Good, "", "er is %s vrij; een run over deze inbox (%s) heeft naar schatting hoogstens %s nodig", sizeText(free), sizeText(inbox), sizeText(need))
	}
}

// inboxBytes is how much text the extracts of the inbox hold, packed ones by what usually comes out of them.
func (x *examination) inboxBytes() (n int64) {
	_ = filepath.WalkDir(x.lake.Inbox(), func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil
		}
		st, err := d.Info()
		if err != nil {
			return nil
		}
		switch name := strings.ToLower(d.Name()); {
		case strings.HasSuffix(name, ".csv"):
			n += st.Size()
		case strings.HasSuffix(name, ".csv.gz"):
			n += st.Size() * gzipRatio
		}
		return nil
	})
	return n
}

// sizeText is a number of bytes in MB or GB (10^9).
func sizeText(n int64) string {
	if n < 1e9 {
		return nl.Int((n+999_999)/1e6) + " MB"
	}
	return nl.Number(float64(n)/1e9, 1) + " GB"
}
