package attest

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io/fs"
	"os"

	"github.com/secure-systems-lab/go-securesystemslib/dsse"

	"stapel/pipeline/control"
	"stapel/pipeline/exit"
	"stapel/pipeline/lake"
)

// What a statement and an envelope say that they are (in-toto Attestation Framework, Statement v1; DSSE v1).
const (
	StatementType = "https://in-toto.io/Statement/v1"
	PredicateType = "https://stapel.example/predicaat/publicatie/v1"
	PayloadType   = "application/vnd.in-toto+json"
)

// Statement says which files a run was published with, and where it stands in the chain.
type Statement struct {
	Type          string    `json:"_type"`
	Subject       []Subject `json:"subject"`
	PredicateType string    `json:"predicateType"`
	Predicate     Predicate `json:"predicate"`
}

// Subject is a file of the run, by its name in the folder of the run.
type Subject struct {
	Name   string            `json:"name"`
	Digest map[string]string `json:"digest"` // sha256
}

// Predicate is what is said about those files.
type Predicate struct {
	Run       string `json:"run_id"`
	Peildatum string `json:"peildatum"`
	When      string `json:"tijd"` // when the manifest was written
	Manifest  string `json:"manifest_sha256"`
	Chain     Place  `json:"keten"`
	Key       string `json:"sleutel"`         // kenmerk of the key that signs
	Keys      Head   `json:"sleutelregister"` // as it was then
}

// Place is where a run stands in the chain.
type Place struct {
	Nr                int    `json:"volgnummer"`
	PreviousRun       string `json:"vorige_run_id,omitempty"`
	PreviousStatement string `json:"vorige_verklaring_sha256,omitempty"` // "": the run before is not signed
	Previous          string `json:"vorige_regel_sha256,omitempty"`
}

// state makes the statement on a run.
func state(m *control.Manifest, manifestSha256 string, place Place, key string, keys Head) Statement {
	file := func(name, sha256 string) Subject { return Subject{name, map[string]string{"sha256": sha256}} }
	s := Statement{Type: StatementType, PredicateType: PredicateType, Subject: []Subject{file(lake.ManifestName, manifestSha256)},
		Predicate: Predicate{Run: m.RunID, Peildatum: m.Peildatum, When: m.Execution.Finished, Manifest: manifestSha256, Chain: place, Key: key, Keys: keys}}
	if m.Journal != "" {
		s.Subject = append(s.Subject, file(lake.JournalName, m.Journal))
	}
	for _, o := range m.Outputs {
		s.Subject = append(s.Subject, file(o.File, o.Sha256))
	}
	return s
}

// SignRun signs the run whose manifest is given as the next one of the chain, and returns the envelope. The caller holds the lock, and every run that is
// in place is in the chain.
func (s *Signer) SignRun(l *lake.Lake, manifest []byte) ([]byte, error) {
	r, err := Open(l.Root)
	if err != nil {
		return nil, err
	}
	if err := r.maySign(s); err != nil {
		return nil, err
	}
	var m control.Manifest
	if err := json.Unmarshal(manifest, &m); err != nil {
		return nil, err
	}
	body, err := json.Marshal(state(&m, sum(manifest), r.place(), s.ID, r.KeyHead()))
	if err != nil {
		return nil, err
	}
	return seal(s, PayloadType, body)
}

// place is that of the next run.
func (r *Register) place() (p Place) {
	p.Nr, p.Previous = r.next()
	if n := len(r.Lines); n > 0 && p.Previous == r.Lines[n-1].Sha256 {
		p.PreviousRun, p.PreviousStatement = r.Lines[n-1].Run, r.Lines[n-1].Statement
	}
	return p
}

// MaySign says why a key can't sign the next run: the register does not have it, or it was replaced or revoked.
func MaySign(data string, s *Signer) error {
	r, err := Open(data)
	if err != nil {
		return err
	}
	return r.maySign(s)
}

func (r *Register) maySign(s *Signer) error {
	keys := r.readKeys()
	if err := keys.fault(); err != nil {
		return err
	}
	switch p := keys.of[s.ID]; {
	case p == nil:
		return exit.Misuse("register a key with `stapel key sign new` or `stapel key sign rotate`", "the register of this data folder does not have the signing key")
	case keys.active != s.ID:
		return exit.Misuse("sign with the key that `stapel key sign publish` shows as in use", "the signing key was replaced or revoked")
	}
	return nil
}

// seal is an envelope with one signature, as it is written.
func seal(s *Signer, payloadType string, body []byte) ([]byte, error) {
	signer, err := dsse.NewEnvelopeSigner(s)
	if err != nil {
		return nil, err
	}
	e, err := signer.SignPayload(context.Background(), payloadType, body)
	if err != nil {
		return nil, err
	}
	return writeEnvelope(e)
}

func writeEnvelope(e *dsse.Envelope) ([]byte, error) {
	data, err := json.MarshalIndent(e, "", "  ")
	return append(data, '\n'), err
}

// openEnvelope reads an envelope and what is in it, without looking at the signature. One that is written otherwise than stapel writes it is refused,
// so that a byte that was changed in it is found wherever it is.
func openEnvelope(data []byte) (e *dsse.Envelope, body []byte, err error) {
	e = &dsse.Envelope{}
	if err := json.Unmarshal(data, e); err != nil {
		return nil, nil, err
	}
	if body, err = base64.StdEncoding.Strict().DecodeString(e.Payload); err != nil {
		return nil, nil, err
	}
	again, err := writeEnvelope(e)
	switch {
	case err != nil:
		return nil, nil, err
	case !bytes.Equal(again, data):
		return nil, nil, errors.New("the envelope is written otherwise than stapel writes it")
	case e.PayloadType != PayloadType || len(e.Signatures) != 1:
		return nil, nil, errors.New("the envelope is of another type, or has not one signature")
	}
	if _, err := base64.StdEncoding.Strict().DecodeString(e.Signatures[0].Sig); err != nil {
		return nil, nil, err
	}
	return e, body, nil
}

// verify checks the one signature of an envelope.
func verify(e *dsse.Envelope, key PublicKey) error {
	v, err := dsse.NewEnvelopeVerifier(key)
	if err != nil {
		return err
	}
	_, err = v.Verify(context.Background(), e)
	return err
}

// SignedBy is the kenmerk of the key that a run was signed with, "" when it was not; whether the signature is right Check says.
func SignedBy(f lake.Folder) (string, error) {
	data, err := os.ReadFile(f.Envelope())
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	e, _, err := openEnvelope(data)
	if err != nil {
		return "", nil
	}
	return e.Signatures[0].KeyID, nil
}
