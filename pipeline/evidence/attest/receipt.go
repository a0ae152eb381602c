package attest

import (
	"bytes"
	"context"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"stapel/config"
	"stapel/pipeline/exit"
	"stapel/pipeline/lake"
)

// Receipt is a head of the chain as it is given to somebody else: a text to mail, and a request for a timestamp.
type Receipt struct {
	Nr      int
	Text    string // file, below the data folder
	Request string // idem: a TimeStampReq (RFC 3161) in DER
}

// MakeReceipt writes the head of the chain in the folder of receipts. One of that head that is there already stays. The caller holds the lock.
func MakeReceipt(data string) (Receipt, error) {
	r, err := Open(data)
	if err != nil {
		return Receipt{}, err
	}
	head := r.Head()
	if head.Lines == 0 || len(r.Lines) == 0 {
		return Receipt{}, exit.Misuse("run stapel first", "there is no published run in the chain yet")
	}
	request, err := timestampRequest(head.Sha256)
	if err != nil {
		return Receipt{}, exit.Misuse("`stapel verify` says what is wrong", "the last line of the chain was changed")
	}
	if err := os.MkdirAll(r.lake.Receipts(), 0o700); err != nil {
		return Receipt{}, err
	}
	out := Receipt{Nr: head.Lines, Text: receiptName(head.Lines, "txt"), Request: receiptName(head.Lines, "tsq")}
	for _, name := range []string{out.Text, out.Request} {
		text := map[string][]byte{out.Text: []byte(r.receipt()), out.Request: request}[name]
		file := filepath.Join(data, filepath.FromSlash(name))
		was, err := os.ReadFile(file)
		if err == nil && bytes.Equal(was, text) {
			continue
		}
		switch {
		case err == nil && name == out.Text: // keys may have come since
			err = r.lake.Replace(file, text)
		case err == nil:
			err = &exit.Error{Code: exit.Difference, Err: errors.New("another head of the chain was given to others under this number"),
				Remedy: "`stapel verify` says what is wrong; keep the folder ondertekening as it is"}
		case errors.Is(err, fs.ErrNotExist):
			err = r.lake.Put(file, text)
		}
		if err != nil {
			return out, err
		}
	}
	return out, nil
}

func receiptName(nr int, ext string) string {
	return path.Join(lake.ReceiptsName, fmt.Sprintf("keten-%06d.%s", nr, ext))
}

// Words of a receipt that CheckReceipt reads back.
const (
	receiptLine = "regel_sha256"
	receiptNr   = "volgnummer"
	receiptKeys = "sleutelregister"
)

// receipt is a text on the head of the chain, for a mail.
func (r *Register) receipt() string {
	last, keys := r.Lines[len(r.Lines)-1], r.KeyHead()
	var b strings.Builder
	p := func(label, value string) { fmt.Fprintf(&b, "%-18s %s\n", label, value) }
	b.WriteString("Kop van de keten van runs (stapel)\n\nBewaar dit bericht buiten de gemeente. Klopt de keten later niet met deze kop, dan zijn runs tot en met dit nummer\n" +
		"veranderd of weggehaald. Er staan geen gegevens over personen in.\n\n")
	p(receiptNr, strconv.Itoa(last.Nr))
	p("run_id", last.Run)
	p("manifest_sha256", last.Manifest)
	p("verklaring_sha256", orNone(last.Statement))
	p("tijd", last.When)
	p(receiptLine, last.Sha256)
	p(receiptKeys, fmt.Sprintf("%d %s", keys.Lines, orNone(keys.Sha256)))
	p("sleutel", orNone(r.readKeys().active))
	b.WriteString("\nControleren: stapel chain check BESTAND-MET-DIT-BERICHT\n")
	return b.String()
}

func orNone(s string) string {
	if s == "" {
		return "geen"
	}
	return s
}

// timestampRequest is a TimeStampReq (RFC 3161, 2.4.1) for a SHA-256, without a nonce, that asks for the certificate: what
// `openssl ts -query -digest … -sha256 -no_nonce -cert` writes. A hash of the chain is never asked for twice, so that a nonce adds nothing.
func timestampRequest(sha256 string) ([]byte, error) {
	digest, err := hex.DecodeString(sha256)
	if err != nil || len(digest) != 32 {
		return nil, errors.New("no SHA-256")
	}
	return asn1.Marshal(struct {
		Version int
		Imprint struct {
			Algorithm pkix.AlgorithmIdentifier
			Digest    []byte
		}
		CertReq bool
	}{1, struct {
		Algorithm pkix.AlgorithmIdentifier
		Digest    []byte
	}{pkix.AlgorithmIdentifier{Algorithm: asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}, Parameters: asn1.NullRawValue}, digest}, true})
}

var receiptRE = regexp.MustCompile(`^keten-([0-9]{6,})\.(txt|tsq|tsr)$`)

// IsReceipt reports whether a name is one of a file in the folder of receipts: a text, a request for a timestamp, or the answer to one.
func IsReceipt(name string) bool { return receiptRE.MatchString(name) }

// checkReceipts holds the chain to the heads that a timestamp was asked for.
func (c *checking) checkReceipts() error {
	entries, err := os.ReadDir(c.lake.Receipts())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, e := range entries {
		m := receiptRE.FindStringSubmatch(e.Name())
		if m == nil || m[2] == "txt" {
			continue
		}
		nr, err := strconv.Atoi(m[1])
		if err != nil {
			continue
		}
		data, err := os.ReadFile(filepath.Join(c.lake.Receipts(), e.Name()))
		if err != nil {
			return err
		}
		at := slices.IndexFunc(c.lines, func(l Line) bool { return l.Nr == nr })
		if at >= 0 && !c.changed[at] {
			digest, err := hex.DecodeString(c.lines[at].Sha256)
			if want, _ := timestampRequest(c.lines[at].Sha256); err != nil || m[2] == "tsq" && !bytes.Equal(data, want) || m[2] == "tsr" && !bytes.Contains(data, digest) {
				c.say(ReceiptDiffers, path.Join(lake.ReceiptsName, e.Name()), 0, c.lines[at].Run, restoreChain,
					"Voor regel %d van de keten is een tijdstempel over een andere kop: de keten is veranderd, of dit bestand.", nr)
			}
		} else if at < 0 {
			c.pinned(Head{Lines: nr}, path.Join(lake.ReceiptsName, e.Name()))
		}
	}
	return nil
}

// CheckReceipt holds the chain and the register of keys of a data folder to the text of a receipt that somebody kept elsewhere. nr is the number in it.
func CheckReceipt(data, file string) (nr int, found []Finding, err error) {
	text, err := config.ReadFile(file, maxKeyFile)
	if err != nil {
		return 0, nil, exit.Misuse("name the file with the message that `stapel chain receipt` made", "the receipt can't be read: %v", err)
	}
	said := map[string][]string{}
	for line := range strings.Lines(string(text)) {
		if words := strings.Fields(strings.TrimLeft(line, "> ")); len(words) > 1 {
			said[words[0]] = words[1:]
		}
	}
	keys := said[receiptKeys]
	nr, err = strconv.Atoi(strings.Join(said[receiptNr], " "))
	if err != nil || nr < 1 || len(said[receiptLine]) != 1 || len(keys) != 2 {
		return 0, nil, exit.Misuse("name the file with the message that `stapel chain receipt` made", "the file is no receipt of a chain")
	}
	r, err := Open(data)
	if err != nil {
		return nr, nil, err
	}
	c := r.checking(nil)
	c.pinned(Head{Lines: nr, Sha256: said[receiptLine][0]}, "het bericht")
	if n, err := strconv.Atoi(keys[0]); err != nil || n > len(r.keys.lines) || n > 0 && r.keyHead(n).Sha256 != keys[1] {
		c.say(KeyRegister, lake.KeyRegisterName, 0, "", putBack, "Het sleutelregister is niet dat van het bericht: er is een regel weggehaald of vervangen.")
	}
	return nr, c.found, nil
}

// Stamp keeps the answer of a timestamp service (TimeStampResp) beside its request, after openssl found that it is one on that request, signed under a
// certificate of the file with those that are trusted. Where there is no openssl it is kept as it came, and checked says so.
func Stamp(ctx context.Context, data, reply string, nr int, trusted string) (file string, checked bool, err error) {
	request := receiptName(nr, "tsq")
	query := filepath.Join(data, filepath.FromSlash(request))
	if _, err := os.Stat(query); errors.Is(err, fs.ErrNotExist) {
		return "", false, exit.Misuse("make it with `stapel chain receipt`, or name another with --nummer", "there is no request for a timestamp of that number")
	}
	text, err := config.ReadFile(reply, 1<<20)
	if err != nil {
		return "", false, exit.Misuse("name the file that the timestamp service sent", "the timestamp can't be read: %v", err)
	}
	openssl, err := exec.LookPath("openssl")
	if err == nil {
		if trusted == "" {
			return "", false, exit.Misuse("name its certificates with --ca", "it is not known which timestamp service is trusted")
		}
		out, err := exec.CommandContext(ctx, openssl, "ts", "-verify", "-queryfile", query, "-in", reply, "-CAfile", trusted).CombinedOutput()
		if err != nil || !strings.Contains(string(out), "Verification: OK") {
			return "", false, &exit.Error{Code: exit.Difference, Err: errors.New("openssl finds that this is no timestamp on the request, or of another service"),
				Remedy: "ask for one with the file " + request + ", and name the certificates of the service with --ca"}
		}
		checked = true
	}
	file = receiptName(nr, "tsr")
	place := filepath.Join(data, filepath.FromSlash(file))
	err = (&lake.Lake{Root: data}).Put(place, text)
	if errors.Is(err, fs.ErrExist) {
		err = exit.Misuse("it stays; ask for one of a newer head with `stapel chain receipt`", "there is a timestamp of that number already")
	}
	return file, checked, err
}

// LastRequest is the number of the newest head that a timestamp was asked for, 0 when there is none.
func LastRequest(data string) (last int) {
	entries, _ := os.ReadDir((&lake.Lake{Root: data}).Receipts())
	for _, e := range entries {
		if m := receiptRE.FindStringSubmatch(e.Name()); m != nil && m[2] == "tsq" {
			if nr, err := strconv.Atoi(m[1]); err == nil {
				last = max(last, nr)
			}
		}
	}
	return last
}
