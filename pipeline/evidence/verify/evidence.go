package verify

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"stapel/pipeline/evidence/attest"
	"stapel/pipeline/lake"
)

// codes are those of what signatures and chain show that the rest of verify knows too.
var codes = map[attest.Kind]Code{attest.ManifestDiffers: Manifest, attest.RunRemoved: RunGone, attest.RunPurged: Purged, attest.Unsigned: Unsigned}

// evidence holds the runs to their signatures and to the chain of runs.
func (v *verifying) evidence(context.Context) error {
	if err := v.closed(lake.ChainName); err != nil {
		return err
	}
	r, err := attest.Open(v.opt.Data)
	if err != nil {
		return err
	}
	for id, gone := range v.purged { // what a log says of a run that the chain does not know as such excuses nothing
		if !slices.ContainsFunc(r.Lines, func(l attest.Line) bool { return l.Run == id && l.Manifest == gone.Manifest }) {
			delete(v.purged, id)
		}
	}
	if len(r.Lines) == 0 && len(v.all) > 0 && !v.there(lake.ChainName) {
		v.say(Finding{Code: Missing, File: lake.ChainName, What: "weg of leeg, terwijl er runs zijn", Do: restore})
	}
	signed := slices.ContainsFunc(v.all, func(r *run) bool { return v.there(r.in(lake.EnvelopeName)) })
	if signed && !v.there(lake.KeyRegisterName) {
		v.say(Finding{Code: Missing, File: lake.KeyRegisterName, What: "weg of leeg, terwijl er ondertekende runs zijn", Do: restore})
	}
	ids := []string{""}
	if !v.opt.All {
		ids = nil
		for _, run := range v.wanted {
			ids = append(ids, run.id)
		}
	}
	for _, id := range ids {
		found, err := r.Check(id, v.opt.Trusted)
		if err != nil {
			return err
		}
		for _, f := range found {
			code, known := codes[f.Kind]
			if !known {
				code = Evidence
			}
			v.say(Finding{Code: code, Nature: Nature(f.Kind), Run: f.Run, File: f.File, Line: f.Line, What: plainSentence(f.Text), Do: plainSentence(f.Todo), Remark: f.Note})
		}
	}
	return nil
}

// there reports whether a file is there and has something in it.
func (v *verifying) there(file string) bool {
	st, err := os.Stat(v.at(file))
	return err == nil && st.Size() > 0
}

// plainSentence is a sentence as a part of a line.
func plainSentence(s string) string { return strings.TrimSuffix(s, ".") }

// since holds the logs to how far they were when runs were published: what was there is still there, and more may have been added. It shows a log that
// was worked out anew with its chain. A log of which the chain shows what happened needs no second finding.
func (v *verifying) since(context.Context) error {
	said := map[string]bool{}
	for _, r := range v.all {
		if !r.good {
			continue
		}
		for _, l := range r.Execution.Logs {
			if said[l.File] || v.spoilt(l.File, 0) || !slices.Contains(lake.Logs, l.File) {
				continue
			}
			data, err := os.ReadFile(filepath.Join(v.opt.Data, l.File))
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			f := Finding{Code: Log, Run: r.id, File: l.File, Do: "zet het logboek terug uit een back-up; stapel schrijft er alleen regels bij"}
			switch {
			case err != nil:
				f.Code, f.What = Missing, "weg, terwijl het manifest van run "+r.id+" het noemt"
			case int64(len(data)) < l.Bytes:
				f.Nature, f.What = Shorter, fmt.Sprintf("korter dan toen run %s werd gepubliceerd: %d regels, toen %d", r.id, bytes.Count(data, []byte("\n")), l.Lines)
			default:
				sum := sha256.Sum256(data[:l.Bytes])
				if hex.EncodeToString(sum[:]) == l.Sha256 {
					continue
				}
				f.Nature, f.What = Values, fmt.Sprintf("in de eerste %d regels staat iets anders dan toen run %s werd gepubliceerd", l.Lines, r.id)
			}
			said[l.File] = true
			v.say(f)
		}
	}
	return nil
}
