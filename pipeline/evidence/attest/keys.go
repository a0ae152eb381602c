package attest

import (
	"bytes"
	"context"
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io/fs"
	"os"

	"stapel/config"
	"stapel/pipeline/exit"
	"stapel/pipeline/lake"
)

// PublicKey is an ed25519 key that signatures are checked with.
type PublicKey struct {
	ID  string // kenmerk: the SHA-256 of the key as SubjectPublicKeyInfo in DER, in hex
	key ed25519.PublicKey
}

const (
	publicBlock  = "PUBLIC KEY"  // SubjectPublicKeyInfo (RFC 5280)
	privateBlock = "PRIVATE KEY" // PKCS#8 (RFC 5958)
	maxKeyFile   = 1 << 16
)

// NewPublicKey is a key with its kenmerk.
func NewPublicKey(key ed25519.PublicKey) PublicKey {
	return PublicKey{ID: sum(spki(key)), key: key}
}

func spki(key ed25519.PublicKey) []byte {
	der, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		panic("an ed25519 key can't fail to marshal: " + err.Error())
	}
	return der
}

// PEM is the key as openssl and others read it.
func (k PublicKey) PEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: publicBlock, Bytes: spki(k.key)})
}

// parsePublic reads a key in DER.
func parsePublic(der []byte) (PublicKey, error) {
	parsed, err := x509.ParsePKIXPublicKey(der)
	if err != nil {
		return PublicKey{}, err
	}
	key, ok := parsed.(ed25519.PublicKey)
	if !ok {
		return PublicKey{}, errors.New("it is no ed25519 key")
	}
	return NewPublicKey(key), nil
}

// ReadPublicKeys reads the public keys of a PEM file, one or more; text between them counts for nothing.
func ReadPublicKeys(file string) (keys []PublicKey, err error) {
	data, err := config.ReadFile(file, maxKeyFile)
	if err != nil {
		return nil, exit.Misuse("name the file that `stapel key sign publish` wrote", "the file of public keys can't be read: %v", err)
	}
	for {
		var block *pem.Block
		if block, data = pem.Decode(data); block == nil {
			break
		}
		key, err := parsePublic(block.Bytes)
		if err != nil || block.Type != publicBlock {
			return nil, exit.Misuse("name the file that `stapel key sign publish` wrote", "the file of public keys holds something that is no public ed25519 key in PEM")
		}
		keys = append(keys, key)
	}
	if len(keys) == 0 {
		return nil, exit.Misuse("name the file that `stapel key sign publish` wrote", "the file of public keys holds none")
	}
	return keys, nil
}

// Verify, KeyID and Public are what an envelope is verified with.
func (k PublicKey) Verify(_ context.Context, data, sig []byte) error {
	if !ed25519.Verify(k.key, data, sig) {
		return errors.New("the signature is not of this key")
	}
	return nil
}

// KeyID is the kenmerk.
func (k PublicKey) KeyID() (string, error) { return k.ID, nil }

// Public is the key itself.
func (k PublicKey) Public() crypto.PublicKey { return k.key }

// Signer is the key that signs.
type Signer struct {
	PublicKey
	private ed25519.PrivateKey
}

// Sign signs data.
func (s *Signer) Sign(_ context.Context, data []byte) ([]byte, error) {
	return ed25519.Sign(s.private, data), nil
}

// makeSigner makes a new key in a file that is not there yet.
func makeSigner(file string) (*Signer, error) {
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	der, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		return nil, err
	}
	err = lake.WriteNew(file, pem.EncodeToMemory(&pem.Block{Type: privateBlock, Bytes: der}))
	if errors.Is(err, fs.ErrExist) {
		return nil, exit.Misuse("name another file: a key is never overwritten", "the file for the signing key is there already")
	}
	return &Signer{NewPublicKey(public), private}, err
}

// ReadSigner reads the signing key of a file, and refuses one that others can read or that lies in the data folder.
func ReadSigner(file, data string) (*Signer, error) {
	if err := apart(file, data); err != nil {
		return nil, err
	}
	st, err := os.Stat(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, exit.Misuse("make one with `stapel key sign new`", "the file of the signing key does not exist")
	}
	if err != nil {
		return nil, err
	}
	if st.Mode().Perm()&0o077 != 0 {
		return nil, exit.Misuse("chmod 600 it", "others can read the signing key")
	}
	text, err := config.ReadFile(file, maxKeyFile)
	if err != nil {
		return nil, exit.Misuse("use the file that `stapel key sign new` made", "the file of the signing key can't be read: %v", err)
	}
	block, rest := pem.Decode(text)
	if block != nil && block.Type == privateBlock && len(bytes.TrimSpace(rest)) == 0 {
		if parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes); err == nil {
			if private, ok := parsed.(ed25519.PrivateKey); ok {
				return &Signer{NewPublicKey(private.Public().(ed25519.PublicKey)), private}, nil
			}
		}
	}
	return nil, exit.Misuse("use the file that `stapel key sign new` made", "the file of the signing key holds no ed25519 key in PKCS#8 PEM")
}

// apart refuses a signing key in the data folder: who can write the runs would then sign them.
func apart(file, data string) error {
	in, err := lake.Inside(data, file)
	if err == nil && in {
		err = exit.Misuse("name a file elsewhere: who has the data should not have the key with it", "the signing key would lie in the data folder")
	}
	return err
}
