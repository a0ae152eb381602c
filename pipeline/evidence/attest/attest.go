// Package attest lets somebody who was not there see that a run is as it was published, and that none was taken away. Every published run has a line
// in a chain of runs, which names the line before it. With a signing key it also has a statement that is signed: which files it has, with their
// hashes, and where in the chain it stands. A register says which keys may sign from where in the chain to where. Heads of the chain are given to
// somebody else, for who may write in a data folder may write all of it again (docs/evidence.md).
package attest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"

	"stapel/pipeline/lake"
)

// Kind is what is wrong, in a word that does not change.
type Kind string

// Kinds of findings.
const (
	Unsigned         Kind = "unsigned"           // the run has no statement; a note, but a fault where keys are trusted
	Signature        Kind = "signature"          // the envelope is not one, or what is signed is not what it says
	StatementMissing Kind = "statement-missing"  // the chain says the run is signed, and the envelope is gone
	StatementDiffers Kind = "statement-differs"  // what was signed is another run, another place or other files
	ManifestDiffers  Kind = "manifest-differs"   // the manifest is not the one that was published
	KeyUnknown       Kind = "key-unknown"        // signed with a key that the register does not have
	KeyEarly         Kind = "key-early"          // signed at a place in the chain before the key was there
	KeyRevoked       Kind = "key-revoked"        // signed at a place in the chain after the key was replaced or revoked
	KeyUntrusted     Kind = "key-untrusted"      // no trusted key vouches for the key
	KeyRegister      Kind = "key-register"       // a line of the register of keys was changed, removed or put elsewhere
	ChainBroken      Kind = "chain-broken"       // a line of the chain was changed or put elsewhere
	ChainLineMissing Kind = "chain-line-missing" // lines of the chain were removed
	ChainTorn        Kind = "chain-torn"         // the last line was cut off
	RunRemoved       Kind = "run-removed"        // the chain has the run, and its folder is gone
	RunPurged        Kind = "run-purged"         // a note: the run was removed with stapel purge, and its evidence is there
	RunUnchained     Kind = "run-unchained"      // the run is there, and the chain does not have it
	RunRemade        Kind = "run-remade"         // a note: the run was removed and made again
	ReceiptDiffers   Kind = "receipt-differs"    // a head that was given to others is not in the chain
)

// Finding is one thing that is not as it was, or that somebody has to know.
type Finding struct {
	Kind Kind   `json:"soort"`
	File string `json:"bestand"`          // below the data folder, with slashes
	Line int    `json:"regel,omitempty"`  // of that file, from 1; 0: the file as a whole
	Run  string `json:"run_id,omitempty"` // that it is about
	Text string `json:"tekst"`            // Dutch: what is wrong
	Todo string `json:"doe,omitempty"`    // Dutch: what to do about it
	Note bool   `json:"opmerking,omitempty"`
}

// Faults are the findings that are not a note.
func Faults(all []Finding) (faults []Finding) {
	for _, f := range all {
		if !f.Note {
			faults = append(faults, f)
		}
	}
	return faults
}

// Register is what a data folder has of keys and published runs: as it lies there, right or wrong. It is read once.
type Register struct {
	Keys  []KeyEntry // whole lines of the register of keys that can be read, in order
	Lines []Line     // idem of the chain

	lake  *lake.Lake
	keys  text
	chain text
}

// Open reads the register of keys and the chain of a data folder. Neither being there is no error, nor is what is wrong in them: Check says that.
// The caller need not hold the lock: a line that is being written is at worst one that is not whole yet.
func Open(data string) (*Register, error) {
	r := &Register{lake: &lake.Lake{Root: data}}
	var err error
	if r.keys, err = readText(r.lake.KeyRegister()); err != nil {
		return nil, err
	}
	if r.chain, err = readText(r.lake.Chain()); err != nil {
		return nil, err
	}
	for i := range r.keys.lines {
		var e KeyEntry
		if r.keys.parse(i, &e) {
			r.Keys = append(r.Keys, e)
		}
	}
	for i := range r.chain.lines {
		var l Line
		if r.chain.parse(i, &l) {
			r.Lines = append(r.Lines, l)
		}
	}
	return r, nil
}

// Check opens a data folder and checks one run of it, with the whole chain and the whole register of keys; an empty id is all runs. With trusted
// keys, which come from elsewhere than the data folder, every run has to be signed by one of them or by a key that one of them vouches for.
// Nothing is written. An error is what could not be read; what is wrong is a finding.
func Check(data, run string, trusted []PublicKey) ([]Finding, error) {
	r, err := Open(data)
	if err != nil {
		return nil, err
	}
	return r.Check(run, trusted)
}

// text is a file of lines, each one JSON object.
type text struct {
	lines [][]byte // whole ones, without their ends
	torn  bool     // something without an end follows
}

func readText(name string) (t text, err error) {
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return t, nil
	}
	if err != nil {
		return t, err
	}
	for len(data) > 0 {
		line, rest, whole := bytes.Cut(data, []byte("\n"))
		if !whole {
			t.torn = true
			break
		}
		t.lines, data = append(t.lines, line), rest
	}
	return t, nil
}

// parse reads a line, and reports whether it is written as stapel writes it.
func (t text) parse(i int, v any) bool {
	if json.Unmarshal(t.lines[i], v) != nil {
		return false
	}
	again, err := json.Marshal(v)
	return err == nil && bytes.Equal(again, t.lines[i])
}

// Head is how far a file of lines had come.
type Head struct {
	Lines  int    `json:"regels"`
	Sha256 string `json:"sha256,omitempty"` // of the chain the regel_sha256 of the last line, of the register that of the line without its end
}

// Head is how far the chain is.
func (r *Register) Head() Head {
	nr, previous := r.next()
	return Head{Lines: nr - 1, Sha256: previous}
}

// KeyHead is how far the register of keys is.
func (r *Register) KeyHead() Head { return r.keyHead(len(r.keys.lines)) }

// keyHead is how far the register was after n lines.
func (r *Register) keyHead(n int) Head {
	if n == 0 {
		return Head{}
	}
	return Head{Lines: n, Sha256: sum(r.keys.lines[n-1])}
}

func sum(data []byte) string {
	h := sha256.Sum256(data)
	return hex.EncodeToString(h[:])
}
