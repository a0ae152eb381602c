package attest

import (
	"cmp"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"slices"

	"stapel/pipeline/control"
	"stapel/pipeline/lake"
)

// Line is a published run in the chain. All of it follows from the run and the line before, so that a line that was lost when a machine stopped is
// made again to the letter.
type Line struct {
	Nr        int    `json:"volgnummer"` // from 1
	Run       string `json:"run_id"`
	Manifest  string `json:"manifest_sha256"`
	Statement string `json:"verklaring_sha256,omitempty"` // of what was signed; "": the run is not signed
	When      string `json:"tijd"`                        // when the manifest was written, RFC 3339
	Previous  string `json:"vorige_sha256,omitempty"`     // Sha256 of the line before; "": there is none
	Sha256    string `json:"regel_sha256"`                // of this line as JSON without this field
}

// sum is what Sha256 has to be.
func (l Line) sum() string {
	data, err := json.Marshal(struct {
		Line
		Sha256 string `json:"regel_sha256,omitempty"` // takes the place of that of Line, and is empty
	}{Line: l})
	if err != nil {
		panic("a line of texts can't fail to marshal: " + err.Error())
	}
	return sum(data)
}

// Extend adds a line for every run that is in place and has none: of before there was a chain, or because the machine stopped between the two. fresh
// is a run that was just published, which gets a line also when one of that id was published before; "" is none. It returns the last line of every
// run, by id. The caller holds the lock.
func Extend(l *lake.Lake, fresh string) (map[string]Line, error) {
	r, err := Open(l.Root)
	if err != nil {
		return nil, err
	}
	known := map[string]Line{}
	for _, line := range r.Lines {
		known[line.Run] = line
	}
	ids, err := l.Runs()
	if err != nil {
		return nil, err
	}
	var add []published
	for _, id := range ids {
		if _, ok := known[id]; ok && id != fresh {
			continue
		}
		p, err := readRun(l.Run(id), id)
		if errors.Is(err, fs.ErrNotExist) {
			continue // no run
		}
		if errors.Is(err, lake.ErrDamaged) {
			return nil, lake.DamagedRun(id)
		}
		if err != nil {
			return nil, err
		}
		if line, ok := known[id]; !ok || line.Manifest != p.sha256 {
			add = append(add, p)
		}
	}
	slices.SortFunc(add, func(a, b published) int {
		return cmp.Or(cmp.Compare(a.manifest.Execution.Finished, b.manifest.Execution.Finished), cmp.Compare(a.id, b.id))
	})
	nr, previous := r.next()
	for _, p := range add {
		line := Line{Nr: nr, Run: p.id, Manifest: p.sha256, Statement: p.statementSha256(), When: p.manifest.Execution.Finished, Previous: previous}
		line.Sha256 = line.sum()
		data, err := json.Marshal(line)
		if err != nil {
			return nil, err
		}
		if err := lake.AppendWhole(l.Chain(), data); err != nil {
			return nil, err
		}
		known[p.id], nr, previous = line, nr+1, line.Sha256
	}
	return known, nil
}

// next is the number of the next line, and the hash of the last. Of a last line that was changed it is what that line says, so that a chain that was
// broken goes on and stays broken where it was.
func (r *Register) next() (nr int, previous string) {
	n := len(r.chain.lines)
	if n == 0 {
		return 1, ""
	}
	var last Line
	if json.Unmarshal(r.chain.lines[n-1], &last) != nil || last.Nr < 1 {
		return n + 1, sum(r.chain.lines[n-1])
	}
	return last.Nr + 1, last.Sha256
}

// published is a run as it lies there.
type published struct {
	id       string
	sha256   string // of its manifest
	manifest control.Manifest
	envelope []byte // nil: there is none
}

// readRun reads a run that lies in a folder; fs.ErrNotExist when there is no manifest, lake.ErrDamaged when it can't be read.
func readRun(folder lake.Folder, id string) (published, error) {
	p := published{id: id}
	data, err := os.ReadFile(folder.Manifest())
	if err != nil {
		return p, err
	}
	p.sha256 = sum(data)
	if p.envelope, err = os.ReadFile(folder.Envelope()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return p, err
	}
	if json.Unmarshal(data, &p.manifest) != nil {
		return p, lake.ErrDamaged
	}
	return p, nil
}

// statementSha256 is the hash of what was signed, "" when there is no envelope that can be read.
func (p published) statementSha256() string {
	if _, body, err := openEnvelope(p.envelope); err == nil {
		return sum(body)
	}
	return ""
}
