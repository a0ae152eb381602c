package attest

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/secure-systems-lab/go-securesystemslib/dsse"
)

// TestDSSEVectors holds the library to the vector that the DSSE protocol gives (secure-systems-lab/dsse, protocol.md, version 1.0.0, Test Vectors): its
// encoding, and with its key its signature over that. An envelope is held to the names of the fields there.
func TestDSSEVectors(t *testing.T) {
	if got := string(dsse.PAE("http://example.com/HelloWorld", []byte("hello world"))); got != "DSSEv1 29 http://example.com/HelloWorld 11 hello world" {
		t.Errorf("PAE: %q", got)
	}
	number := func(s string) *big.Int {
		n, _ := new(big.Int).SetString(s, 10)
		return n
	}
	key := &ecdsa.PublicKey{Curve: elliptic.P256(), X: number("46950820868899156662930047687818585632848591499744589407958293238635476079160"),
		Y: number("5640078356564379163099075877009565129882514886557779369047442380624545832820")}
	sig, err := base64.StdEncoding.DecodeString("A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA==")
	digest := sha256.Sum256(dsse.PAE("http://example.com/HelloWorld", []byte("hello world")))
	if err != nil || !ecdsa.Verify(key, digest[:], new(big.Int).SetBytes(sig[:32]), new(big.Int).SetBytes(sig[32:])) {
		t.Error("the signature of the protocol is not one over its encoding here")
	}
	h := newHouse(t)
	h.publish(h.newKey("een"))
	var raw map[string]any
	h.ok(json.Unmarshal(h.read(run1+"/manifest.dsse.json"), &raw))
	if raw["payloadType"] != "application/vnd.in-toto+json" || raw["payload"] == nil || len(raw["signatures"].([]any)) != 1 || len(raw) != 3 {
		t.Errorf("%v", raw)
	}
}

// openssl runs it, and skips the test where it is not.
func openssl(t *testing.T, dir string, args ...string) (string, error) {
	t.Helper()
	name, err := exec.LookPath("openssl")
	if err != nil {
		t.Skip("openssl is not here; .ci/setup openssl installs it")
	}
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// TestOpenssl: another program than this one finds a signature right, reads both keys, and finds a changed statement wrong.
func TestOpenssl(t *testing.T) {
	h := newHouse(t)
	k := h.newKey("een")
	h.publish(k)
	dir := t.TempDir()
	e, body, err := openEnvelope(h.read(run1 + "/manifest.dsse.json"))
	h.ok(err)
	sig, err := base64.StdEncoding.DecodeString(e.Signatures[0].Sig)
	h.ok(err)
	pae := dsse.PAE(e.PayloadType, body)
	for name, data := range map[string][]byte{"pub.pem": k.PEM(), "pae": pae, "sig": sig, "other": append(bytes.Clone(pae[:len(pae)-1]), '!')} {
		h.ok(os.WriteFile(filepath.Join(dir, name), data, 0o600))
	}
	verify := func(in string) error {
		_, err := openssl(t, dir, "pkeyutl", "-verify", "-pubin", "-inkey", "pub.pem", "-rawin", "-in", in, "-sigfile", "sig")
		return err
	}
	if err := verify("pae"); err != nil {
		t.Errorf("openssl finds the signature wrong: %v", err)
	}
	if verify("other") == nil {
		t.Error("openssl finds a signature on something else right")
	}
	der, err := openssl(t, dir, "pkey", "-in", h.key("een"), "-pubout", "-outform", "DER")
	if err != nil || sum([]byte(der)) != k.ID {
		t.Errorf("the kenmerk is not the SHA-256 of what openssl makes of the private key: %v", err)
	}
}

// TestTimestampRequest: the request is to the byte what openssl writes.
func TestTimestampRequest(t *testing.T) {
	digest := sum([]byte("kop"))
	got, err := timestampRequest(digest)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if out, err := openssl(t, dir, "ts", "-query", "-digest", digest, "-sha256", "-no_nonce", "-cert", "-out", "q.tsq"); err != nil {
		t.Fatal(out)
	}
	want, err := os.ReadFile(filepath.Join(dir, "q.tsq"))
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("%x, %v; want %x", got, err, want)
	}
	if _, err := timestampRequest(digest[1:]); err == nil {
		t.Error("half a digest")
	}
}

const tsaConfig = `[req]
distinguished_name = dn
[dn]
[ca]
basicConstraints = critical,CA:true
[ext]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[tsa]
default_tsa = tsa1
[tsa1]
serial = serial
crypto_device = builtin
signer_cert = tsa.pem
certs = ca.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
`

// newTSA makes a timestamp service in a folder, with ca.pem of who vouches for it.
func newTSA(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for name, text := range map[string]string{"c.cnf": tsaConfig, "serial": "01\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range []string{
		"req -x509 -newkey ed25519 -nodes -keyout ca.key -out ca.pem -subj /CN=proef-ca -days 2 -config c.cnf -extensions ca",
		"req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout tsa.key -out tsa.csr -subj /CN=proef-tsa -config c.cnf",
		"x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out tsa.pem -days 2 -extfile c.cnf -extensions ext",
	} {
		if out, err := openssl(t, dir, strings.Fields(args)...); err != nil {
			t.Fatalf("openssl %s: %s", args, out)
		}
	}
	return dir
}

// TestStamp: the answer of a timestamp service is kept when it is one on the request and of the service that is trusted; then a chain that was made
// anew is found by it.
func TestStamp(t *testing.T) {
	h := newHouse(t)
	h.publish(nil)
	h.publish(nil)
	tsa := newTSA(t)
	receipt, err := MakeReceipt(h.data)
	h.ok(err)
	reply := filepath.Join(tsa, "r.tsr")
	if out, err := openssl(t, tsa, "ts", "-reply", "-queryfile", h.file(receipt.Request), "-out", reply, "-config", "c.cnf"); err != nil {
		t.Fatal(out)
	}
	ca := filepath.Join(tsa, "ca.pem")
	if _, _, err := Stamp(t.Context(), h.data, reply, LastRequest(h.data), filepath.Join(newTSA(t), "ca.pem")); err == nil {
		t.Error("a service that is not trusted")
	}
	data, err := os.ReadFile(reply)
	h.ok(err)
	spoilt := filepath.Join(tsa, "s.tsr")
	h.ok(os.WriteFile(spoilt, bytes.Replace(data, []byte("proef-tsa"), []byte("proef-tsb"), 1), 0o600))
	if _, _, err := Stamp(t.Context(), h.data, spoilt, 2, ca); err == nil {
		t.Error("an answer that was changed")
	}
	file, checked, err := Stamp(t.Context(), h.data, reply, LastRequest(h.data), ca)
	if err != nil || !checked || file != "ondertekening/ontvangst/keten-000002.tsr" {
		t.Fatalf("%s, %v, %v", file, checked, err)
	}
	if got := h.faults(); got != nil {
		t.Errorf("%q", got)
	}
	digest, err := hex.DecodeString(h.lastLine().Sha256)
	h.ok(err)
	if !bytes.Contains(h.read(file), digest) {
		t.Error("the answer does not hold the head of the chain")
	}
	h.ok(os.Remove(h.file(chainFile)))
	h.changed(run1+"/manifest.json", "2025-12-31\",", "2025-11-30\",")
	_, err = Extend(h.lake, "")
	h.ok(err)
	want := []string{"receipt-differs ondertekening/ontvangst/keten-000002.tsq:0", "receipt-differs ondertekening/ontvangst/keten-000002.tsr:0"}
	if got := h.faults(); !slices.Equal(got, want) {
		t.Errorf("a chain made anew: %q", got)
	}
}

func (h *house) lastLine() Line {
	h.t.Helper()
	r, err := Open(h.data)
	h.ok(err)
	return r.Lines[len(r.Lines)-1]
}

// TestStampWithout: where there is no openssl an answer is kept, and it is said that nobody looked at it.
func TestStampWithout(t *testing.T) {
	h := newHouse(t)
	h.publish(nil)
	_, err := MakeReceipt(h.data)
	h.ok(err)
	t.Setenv("PATH", t.TempDir())
	reply := h.key("antwoord")
	h.ok(os.WriteFile(reply, []byte("iets"), 0o600))
	if file, checked, err := Stamp(t.Context(), h.data, reply, 1, ""); err != nil || checked || file == "" {
		t.Errorf("%q, %v, %v", file, checked, err)
	}
}

// TestReceipt: a message that was kept holds as long as the chain goes on, also quoted in a mail, and finds what was made anew or taken away at its end.
func TestReceipt(t *testing.T) {
	h := newHouse(t)
	if _, err := MakeReceipt(h.data); err == nil {
		t.Error("a receipt of nothing")
	}
	h.publish(nil)
	k := h.newKey("een")
	h.publish(k)
	r, err := MakeReceipt(h.data)
	h.ok(err)
	kept := h.key("bericht")
	h.ok(os.WriteFile(kept, []byte("> "+strings.ReplaceAll(string(h.read(r.Text)), "\n", "\n> ")), 0o600))
	check := func() (out []string) {
		t.Helper()
		nr, found, err := CheckReceipt(h.data, kept)
		h.ok(err)
		if nr != 2 {
			t.Errorf("number %d", nr)
		}
		for _, f := range found {
			out = append(out, string(f.Kind))
		}
		return out
	}
	if got := check(); got != nil {
		t.Errorf("%q", got)
	}
	h.publish(k)
	if got := check(); got != nil {
		t.Errorf("after a run more: %q", got)
	}
	whole := h.read(chainFile)
	h.lines(chainFile, func(l []string) []string { return l[:1] })
	if got := check(); !slices.Equal(got, []string{"chain-line-missing"}) {
		t.Errorf("without its end: %q", got)
	}
	h.write(chainFile, whole)
	h.ok(os.Remove(h.file(keysFile)))
	if got := check(); !slices.Equal(got, []string{"key-register"}) {
		t.Errorf("without keys: %q", got)
	}
	if _, _, err := CheckReceipt(h.data, h.key("een")); err == nil {
		t.Error("a key is no receipt")
	}
}
