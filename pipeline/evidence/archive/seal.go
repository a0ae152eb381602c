package archive

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"filippo.io/age"
	"filippo.io/age/agessh"
	"golang.org/x/crypto/ssh"

	"stapel/config"
	"stapel/pipeline/exit"
	"stapel/pipeline/lake"
)

// Recipient is who may read a bundle: a public key of age or of ssh.
type Recipient struct {
	Name string // to write down: the age key itself, or the kind and fingerprint of an ssh key

	key age.Recipient
}

const recipientRemedy = "ask the accountant for a public key: age1… (age-keygen, or `stapel bundle --new-identity FILE`), or a line of ssh-ed25519 or ssh-rsa"

// Recipients reads public keys: age1… (X25519, or the one that withstands quantum computers) and lines of ssh-ed25519 and ssh-rsa. What was given is
// never repeated in an error: it may be a secret key.
func Recipients(texts []string) (out []Recipient, err error) {
	if len(texts) == 0 {
		return nil, exit.Misuse(recipientRemedy, "it is not said with --to who may read the bundle")
	}
	for i, text := range texts {
		r, ok := recipient(strings.TrimSpace(text))
		if !ok {
			return nil, exit.Misuse(recipientRemedy, "--to, number %d: that is no public key of age or ssh", i+1)
		}
		out = append(out, r)
	}
	return out, nil
}

func recipient(text string) (r Recipient, ok bool) {
	if strings.HasPrefix(text, "ssh-") {
		key, err := agessh.ParseRecipient(text)
		if err != nil {
			return r, false
		}
		public, _, _, _, err := ssh.ParseAuthorizedKey([]byte(text))
		if err != nil {
			return r, false
		}
		return Recipient{public.Type() + " " + ssh.FingerprintSHA256(public), key}, true
	}
	if strings.ContainsAny(text, "\n\r#") {
		return r, false
	}
	keys, err := age.ParseRecipients(strings.NewReader(text))
	if err != nil || len(keys) != 1 {
		return r, false
	}
	return Recipient{text, keys[0]}, true
}

// Seal packs entries and encrypts them to recipients, into w. The SHA-256 is of what w got.
func Seal(ctx context.Context, w io.Writer, entries []Entry, to []Recipient) (size int64, sum string, err error) {
	var keys []age.Recipient
	for _, r := range to {
		keys = append(keys, r.key)
	}
	h := newHashing(w)
	sealed, err := age.Encrypt(h, keys...)
	if err != nil {
		return 0, "", exit.Misuse("use keys of one kind", "age does not encrypt to these keys together")
	}
	if err := Write(ctx, sealed, entries); err != nil {
		return 0, "", err
	}
	if err := sealed.Close(); err != nil {
		return 0, "", err
	}
	size, sum = h.sum()
	return size, sum, nil
}

const (
	maxIdentity    = 1 << 16
	identityRemedy = "name the file that age-keygen or `stapel bundle --new-identity` wrote, or a private ssh key without a passphrase"
)

// Identities reads the private keys of a file: of age, or one of ssh.
func Identities(file string) ([]age.Identity, error) {
	data, err := config.ReadFile(file, maxIdentity)
	if err != nil {
		return nil, exit.Misuse(identityRemedy, "the file of --identity can't be read")
	}
	if bytes.HasPrefix(bytes.TrimSpace(data), []byte("-----BEGIN")) {
		id, err := agessh.ParseIdentity(data)
		if err != nil {
			return nil, exit.Misuse("name a private ed25519 or rsa key of ssh without a passphrase, or use age itself, which asks for one", "the file of --identity holds no private key that can be used")
		}
		return []age.Identity{id}, nil
	}
	ids, err := age.ParseIdentities(bytes.NewReader(data))
	if err != nil {
		return nil, exit.Misuse(identityRemedy, "the file of --identity holds no private key that can be used")
	}
	return ids, nil
}

// NewIdentity makes a private key of age in a file that is not there yet, for its owner alone, and returns the public one.
func NewIdentity(file string) (public string, err error) {
	id, err := age.GenerateX25519Identity()
	if err != nil {
		return "", err
	}
	public = id.Recipient().String()
	err = lake.WriteNew(file, fmt.Appendf(nil, "# public key: %s\n%s\n", public, id))
	if errors.Is(err, fs.ErrExist) {
		err = exit.Misuse("name another file: a key is never overwritten", "the file for the private key is there already")
	}
	return public, err
}

// Opened is a bundle that was unpacked.
type Opened struct {
	Folder string `json:"map"`
	Files  int    `json:"bestanden"`
	Sha256 string `json:"inhoud_sha256"` // of the archive that was encrypted
}

// Open decrypts a bundle and unpacks it in a folder that is not there yet. When anything is wrong with it nothing is left behind.
func Open(ctx context.Context, file, identity, out string) (_ *Opened, err error) {
	ids, err := Identities(identity)
	if err != nil {
		return nil, err
	}
	return unpacked(ctx, file, out, func(f io.Reader) (io.Reader, error) {
		r, err := age.Decrypt(f, ids...)
		var none *age.NoIdentityMatchError
		if errors.As(err, &none) {
			return nil, exit.Misuse("use the private key of which the public one was given with --to", "the bundle is not encrypted to the key of --identity")
		}
		if err != nil {
			return nil, exit.Misuse("name a file that `stapel bundle` wrote", "that is no bundle: it is not encrypted with age")
		}
		return r, nil
	})
}

// OpenPlain unpacks what age itself decrypted.
func OpenPlain(ctx context.Context, file, out string) (*Opened, error) {
	return unpacked(ctx, file, out, func(f io.Reader) (io.Reader, error) { return f, nil })
}

// unpacked unpacks a file in a folder beside the one that is asked for, and renames that when it is whole.
func unpacked(ctx context.Context, file, out string, plain func(io.Reader) (io.Reader, error)) (_ *Opened, err error) {
	if out == "" {
		return nil, exit.Misuse("name a folder that is not there yet, with --out", "it is not said where the bundle goes")
	}
	if _, err := os.Lstat(out); err == nil {
		return nil, exit.Misuse("name one that is not there yet", "the folder of --out is there")
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, exit.Misuse("name the file that `stapel bundle` wrote", "the bundle can't be read")
	}
	defer f.Close()
	r, err := plain(f)
	if err != nil {
		return nil, err
	}
	part, err := os.MkdirTemp(filepath.Dir(filepath.Clean(out)), ".bundel-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(part)) }()
	files, sum, err := Unpack(ctx, r, part)
	if ctx.Err() != nil {
		return nil, &exit.Error{Code: exit.Interrupted, Err: errors.New("interrupted; nothing was unpacked")}
	}
	if err != nil {
		return nil, &exit.Error{Code: exit.Difference, Err: errors.New("the bundle is damaged, was changed or was cut off"), Remedy: "nothing was unpacked; ask for it again"}
	}
	return &Opened{out, files, sum}, os.Rename(part, out)
}
