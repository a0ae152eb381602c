package archive

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"
	"golang.org/x/crypto/ssh"
	"pgregory.net/rapid"
)

// entriesOf makes an entry of every file, in no order that can be relied on.
func entriesOf(files map[string][]byte) (out []Entry) {
	for name, data := range files {
		out = append(out, Text(name, data))
	}
	return out
}

var someFiles = rapid.MapOfN(rapid.StringMatching(`[a-z]{1,4}(/[A-Za-z0-9_.-]{1,3}x){0,2}`), rapid.SliceOfN(rapid.Byte(), 0, 2000), 1, 12)

// TestPackedIsWhatCameOut: what is packed comes out as it went in, for its owner alone; equal files give equal bytes in whatever order they come; the hash is that of
// the bytes, and that of the folder they were unpacked in.
func TestPackedIsWhatCameOut(t *testing.T) {
	top := t.TempDir()
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		files := someFiles.Draw(t, "files")
		for name := range files { // no file is also a folder
			for other := range files {
				if strings.HasPrefix(other, name+"/") {
					delete(files, name)
				}
			}
		}
		var a, b bytes.Buffer
		if err := Write(context.Background(), &a, entriesOf(files)); err != nil {
			t.Fatal(err)
		}
		if err := Write(context.Background(), &b, entriesOf(files)); err != nil || !bytes.Equal(a.Bytes(), b.Bytes()) {
			t.Fatal("the same files give other bytes", err)
		}
		want := sha256.Sum256(a.Bytes())
		n++
		dir := filepath.Join(top, fmt.Sprint(n))
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		count, sum, err := Unpack(context.Background(), &a, dir)
		if err != nil || count != len(files) || sum != hex.EncodeToString(want[:]) {
			t.Fatal(count, sum, err)
		}
		for name, data := range files {
			got, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil || !bytes.Equal(got, data) {
				t.Fatalf("%s came out otherwise: %v", name, err)
			}
			if st, err := os.Stat(filepath.Join(dir, name)); err != nil || st.Mode().Perm() != 0o600 {
				t.Fatalf("%s has rights %v: %v", name, st.Mode(), err)
			}
		}
		again, err := Folder(dir)
		if err != nil {
			t.Fatal(err)
		}
		if _, sum, err = Sum(context.Background(), again); err != nil || sum != hex.EncodeToString(want[:]) {
			t.Fatal("the folder has another hash than what it came from", err)
		}
	})
}

// TestOtherFilesOtherBytes: one byte, one name or one file more is another hash.
func TestOtherFilesOtherBytes(t *testing.T) {
	sums := map[string]string{}
	for what, files := range map[string]map[string][]byte{"base": {"a": []byte("x"), "b": nil}, "byte": {"a": []byte("y"), "b": nil}, "name": {"a": []byte("x"), "c": nil},
		"more": {"a": []byte("x"), "b": nil, "c": nil}, "moved": {"a": nil, "b": []byte("x")}} {
		_, sum, err := Sum(t.Context(), entriesOf(files))
		if err != nil {
			t.Fatal(err)
		}
		if other, there := sums[sum]; there {
			t.Errorf("%s and %s have one hash", what, other)
		}
		sums[sum] = what
	}
}

// TestOnlyFilesInTheirFolder: what is no plain file in the folder is refused, packing and unpacking.
func TestOnlyFilesInTheirFolder(t *testing.T) {
	for what, h := range map[string]tar.Header{
		"above": {Name: "../x", Typeflag: tar.TypeReg}, "root": {Name: "/x", Typeflag: tar.TypeReg}, "within": {Name: "a/../../x", Typeflag: tar.TypeReg},
		"link": {Name: "x", Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"}, "hard": {Name: "x", Typeflag: tar.TypeLink, Linkname: "y"},
		"device": {Name: "x", Typeflag: tar.TypeChar}, "windows": {Name: `a\x`, Typeflag: tar.TypeReg}, "drive": {Name: "c:x", Typeflag: tar.TypeReg}, "dot": {Name: "./x", Typeflag: tar.TypeReg},
	} {
		var b bytes.Buffer
		w := tar.NewWriter(&b)
		if err := w.WriteHeader(&h); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		if _, _, err := Unpack(t.Context(), &b, dir); err == nil {
			t.Errorf("%s was unpacked", what)
		}
		if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
			t.Errorf("%s left %v behind: %v", what, left, err)
		}
		if h.Typeflag == tar.TypeReg {
			if err := Write(t.Context(), &b, []Entry{Text(h.Name, nil)}); err == nil {
				t.Errorf("%s was packed", what)
			}
		}
	}
	if err := Write(t.Context(), &bytes.Buffer{}, []Entry{Text("a", nil), Text("a", nil)}); err == nil {
		t.Error("a name was packed twice")
	}
}

// TestChangedWhilePacked: a file that is another than when it was hashed does not get in.
func TestChangedWhilePacked(t *testing.T) {
	file := filepath.Join(t.TempDir(), "f")
	for _, now := range []string{"eens", "an", "anders!"} {
		if err := os.WriteFile(file, []byte("ooit"), 0o600); err != nil {
			t.Fatal(err)
		}
		e, err := File("f", file)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(now), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := Write(t.Context(), &bytes.Buffer{}, []Entry{e}); err == nil {
			t.Errorf("%q was packed for ooit", now)
		}
	}
}

// TestEveryByteIsSealed: a sealed bundle of which any byte is another, or that ends early, is not opened and leaves nothing; another key does not open it.
func TestEveryByteIsSealed(t *testing.T) {
	dir := t.TempDir()
	key, other := filepath.Join(dir, "key"), filepath.Join(dir, "other")
	public, err := NewIdentity(key)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := NewIdentity(other); err != nil {
		t.Fatal(err)
	}
	to, err := Recipients([]string{public})
	if err != nil {
		t.Fatal(err)
	}
	var sealed bytes.Buffer
	secret := []byte("iets dat niemand mag lezen")
	if _, _, err := Seal(t.Context(), &sealed, entriesOf(map[string][]byte{"a": secret, "b/c": []byte("y")}), to); err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(sealed.Bytes(), secret) {
		t.Fatal("it can be read without a key")
	}
	file := filepath.Join(dir, "f.age")
	open := func(data []byte, key string) error {
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := Open(t.Context(), file, key, filepath.Join(dir, "out"))
		return err
	}
	for i := 0; i < sealed.Len(); i += 7 {
		bad := slices.Clone(sealed.Bytes())
		bad[i] ^= 1
		if open(bad, key) == nil {
			t.Fatalf("byte %d is another, and it was opened", i)
		}
		if open(sealed.Bytes()[:i], key) == nil {
			t.Fatalf("it was cut off at byte %d, and it was opened", i)
		}
	}
	if open(append(slices.Clone(sealed.Bytes()), 'x'), key) == nil {
		t.Error("something was added, and it was opened")
	}
	if open(sealed.Bytes(), other) == nil {
		t.Error("another key opened it")
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 3 {
		t.Errorf("something was left behind: %v, %v", left, err)
	}
	if err := open(sealed.Bytes(), key); err != nil {
		t.Error(err)
	}
}

// TestRecipients: public keys are taken, and nothing else; what was given is not repeated.
func TestRecipients(t *testing.T) {
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	quantum, err := age.GenerateHybridIdentity()
	if err != nil {
		t.Fatal(err)
	}
	key, err := ssh.NewPublicKey(ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize)).Public())
	if err != nil {
		t.Fatal(err)
	}
	for _, good := range []string{id.Recipient().String(), " " + id.Recipient().String() + "\n", quantum.Recipient().String()} {
		if r, err := Recipients([]string{good}); err != nil || r[0].Name != strings.TrimSpace(good) {
			t.Errorf("%.10s…: %v, %v", good, r, err)
		}
	}
	for what, bad := range map[string]string{"secret": id.String(), "empty": "", "two": id.Recipient().String() + "\n" + id.Recipient().String(), "short": id.Recipient().String()[:40],
		"other case": strings.ToUpper(id.Recipient().String()[:5]) + id.Recipient().String()[5:], "remark": "# " + id.Recipient().String(), "plugin": "age1yubikey1qwerty",
		"ssh": "ssh-ed25519 AAAA", "ecdsa": "ecdsa-sha2-nistp256 AAAA", "words": "de accountant"} {
		_, err := Recipients([]string{id.Recipient().String(), bad})
		if err == nil || !strings.Contains(err.Error(), "number 2") || len(bad) > 14 && strings.Contains(err.Error(), bad[:14]) {
			t.Errorf("%s: %v", what, err)
		}
	}
	r, err := Recipients([]string{strings.TrimSpace(string(ssh.MarshalAuthorizedKey(key))) + " iemand@ergens"})
	if err != nil || r[0].Name != "ssh-ed25519 "+ssh.FingerprintSHA256(key) {
		t.Errorf("an ssh key is written down by its fingerprint, without whose it is: %v, %v", r, err)
	}
	if _, err := Recipients(nil); err == nil {
		t.Error("nobody is a recipient")
	}
}
