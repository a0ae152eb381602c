package ingest

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"
	"strings"
)

// Key spaces of rules 1: the same pseudonym in another space gives an unrelated key.
const (
	DomainPersoon    = "persoon"
	DomainHuishouden = "huishouden"
	DomainAlleen     = "alleen" // a person who stands alone (typhh 8)
)

// ProjectKey is the project key. It turns delivered pseudonyms into keys that mean nothing outside the project, so that
// the outputs of two projects can't be joined. Safe for concurrent use.
type ProjectKey struct {
	secret [32]byte
}

// NewProjectKey takes the 32 secret bytes of the project key; any other length is an error.
func NewProjectKey(secret []byte) (*ProjectKey, error) {
	s := new(ProjectKey)
	if len(secret) != len(s.secret) {
		return nil, fmt.Errorf("projectsleutel: %d bytes, verwacht %d; maak er een met `stapel key new`", len(secret), len(s.secret))
	}
	copy(s.secret[:], secret)
	return s, nil
}

// Key is the key of pseudonym ps in the key space domain: the first 8 bytes, big-endian, shifted right by 1, of
// HMAC-SHA-256(K, domain + "\n" + lower(ps)) (rules 1).
func (s *ProjectKey) Key(domain, ps string) (key int64) {
	key, _, _ = newHasher(s, domain).sum([]byte(strings.ToLower(ps)))
	return key
}

// Fingerprint tells which key this is without telling the key: 16 hex digits of HMAC(K, "vingerafdruk").
func (s *ProjectKey) Fingerprint() string {
	mac := hmac.New(sha256.New, s.secret[:])
	mac.Write([]byte("vingerafdruk"))
	return hex.EncodeToString(mac.Sum(nil)[:8])
}

// String says which key it is; the secret never gets into a log by accident.
func (s *ProjectKey) String() string { return "sleutel " + s.Fingerprint() }

// GoString is String, for %#v.
func (s *ProjectKey) GoString() string { return s.String() }

// PersoonID is the text form of a person's key: p- and 16 lower-case hex digits, so that text order is number order.
func PersoonID(key int64) string { return fmt.Sprintf("p-%016x", uint64(key)) }

// HuishoudenID is the text form of a household's key: h- and 16 lower-case hex digits.
func HuishoudenID(key int64) string { return fmt.Sprintf("h-%016x", uint64(key)) }

// hasher computes keys of one key space for one goroutine, without allocating.
type hasher struct {
	mac    hash.Hash
	msg    []byte // domain, "\n", then the pseudonym at hand
	prefix int
	out    [sha256.Size]byte
}

func newHasher(s *ProjectKey, domain string) *hasher {
	h := &hasher{mac: hmac.New(sha256.New, s.secret[:]), msg: append([]byte(domain), '\n')}
	h.prefix = len(h.msg)
	return h
}

// sum returns the key of a pseudonym that is already lower case, and the next 16 bytes of the HMAC as two big-endian
// numbers: the check that two persons with one key are noticed.
func (h *hasher) sum(ps []byte) (key, hi, lo int64) {
	h.msg = append(h.msg[:h.prefix], ps...)
	h.mac.Reset()
	h.mac.Write(h.msg)
	sum := h.mac.Sum(h.out[:0])
	key = int64(binary.BigEndian.Uint64(sum) >> 1)
	hi = int64(binary.BigEndian.Uint64(sum[8:]))
	lo = int64(binary.BigEndian.Uint64(sum[16:]))
	return key, hi, lo
}
