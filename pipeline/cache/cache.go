// Package cache keeps tables that runs made, each under a key of all that it was made from, so that the next run need not make what would be the same.
// What is kept is sealed with the project key and held to its hash before it is used: an entry that is damaged, or that somebody without the key made, counts
// as none. Nothing of a published run lies here, and nothing but a run reads it.
package cache

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"stapel/pipeline/lake"
)

// Store is a folder of kept tables. It is for one run at a time, which holds the lock of the data folder; what two would do to each other is lose entries.
type Store struct {
	dir   string
	seal  []byte
	limit int64

	names int      // of temporary files
	used  []string // keys that this run took or put
	made  bool     // something is to be made last
}

// Table is what is kept of a table beside its rows.
type Table struct {
	Name   string            `json:"naam"`
	Sha256 string            `json:"sha256"` // of the file
	Bytes  int64             `json:"bytes"`
	Rows   int64             `json:"rijen"`
	Digest string            `json:"rijen_sha256,omitempty"` // of the rows (control.RowDigest), of what is published
	Writer string            `json:"schrijver,omitempty"`    // what wrote the file
	Parts  map[string]string `json:"delen"`                  // hashes of the rows with each value of a column; nil of a table that is not taken apart
	By     string            `json:"delen_naar,omitempty"`   // that column
}

// record is the file beside a table.
type record struct {
	Table
	Seal string `json:"zegel"`
}

const (
	tableEnd  = ".parquet"
	recordEnd = ".json"
	partName  = ".deel-" // a file that is not whole yet
)

// Open opens the store in a folder, which it makes, and removes what a run that was killed did not finish. secret is the project key; limit is how many bytes
// may be kept.
func Open(dir string, secret []byte, limit int64) (*Store, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte("stapel cache 1"))
	s := &Store{dir: dir, seal: mac.Sum(nil), limit: limit}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), partName) {
			if err := os.Remove(filepath.Join(dir, e.Name())); err != nil {
				return nil, err
			}
		}
	}
	return s, nil
}

// Key is the name of what is made from parts: a hash in which no two lists of parts are the same.
func Key(parts ...string) string {
	text, err := json.Marshal(parts)
	if err != nil {
		panic(err) // texts
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

func (s *Store) file(key, end string) string { return filepath.Join(s.dir, key+end) }

// sealOf is what somebody without the project key can't make.
func (s *Store) sealOf(key string, of any) (string, error) {
	text, err := json.Marshal(of)
	if err != nil {
		return "", err
	}
	mac := hmac.New(sha256.New, s.seal)
	mac.Write([]byte(key + "\n"))
	mac.Write(text)
	return hex.EncodeToString(mac.Sum(nil)), nil
}

// Take puts the table of a key into a new file, when it is kept and whole: its bytes are read and held to its hash. With shared the file may be one with that of
// the store, for what nobody changes and nobody keeps.
func (s *Store) Take(key, file string, shared bool) (*Table, bool) {
	t, err := s.take(key, file, shared)
	switch {
	case err == nil:
		s.used = append(s.used, key)
		return t, true
	case !errors.Is(err, fs.ErrNotExist):
		slog.Warn("a kept table is not used, and made again", "key", key, "why", err)
		s.drop(key)
	}
	return nil, false
}

var (
	errSeal  = errors.New("it was not sealed with this project key")
	errBytes = errors.New("its bytes are not those that were kept")
)

func (s *Store) take(key, file string, shared bool) (*Table, error) {
	data, err := os.ReadFile(s.file(key, recordEnd))
	if err != nil {
		return nil, err
	}
	var r record
	if err := json.Unmarshal(data, &r); err != nil {
		return nil, errSeal
	}
	want, err := s.sealOf(key, r.Table)
	if err != nil {
		return nil, err
	}
	if !hmac.Equal([]byte(want), []byte(r.Seal)) {
		return nil, errSeal
	}
	sum, err := place(s.file(key, tableEnd), file, shared)
	if err != nil {
		return nil, err
	}
	if sum != r.Sha256 {
		return nil, errors.Join(errBytes, os.Remove(file))
	}
	return &r.Table, nil
}

// place makes a new file with the bytes of another, and returns their hash. A file that is shared is hashed where it now is, so that what is told is of what will
// be read.
func place(from, to string, shared bool) (sum string, err error) {
	if shared {
		if err = os.Link(from, to); err == nil {
			return copyTo(io.Discard, to)
		}
		if errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
	}
	f, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return "", err
	}
	sum, err = copyTo(f, from)
	if err = errors.Join(err, f.Close()); err != nil {
		os.Remove(to)
	}
	return sum, err
}

// copyTo copies a file to w and returns the hash of its bytes.
func copyTo(w io.Writer, file string) (string, error) {
	f, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(io.MultiWriter(w, h), f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// Put keeps the table in a file under a key: written beside its place, synced, renamed, its record last. t.Sha256 is of the file's bytes. A disk without room is
// no fault: the table is not kept.
func (s *Store) Put(key, file string, t Table, shared bool) error {
	if t.Bytes > s.limit {
		return nil
	}
	err := s.put(key, file, t, shared)
	if err != nil {
		s.drop(key)
		slog.Warn("a table could not be kept for the next run", "name", t.Name, "why", err)
	}
	return nil
}

func (s *Store) put(key, file string, t Table, shared bool) error {
	seal, err := s.sealOf(key, t)
	if err != nil {
		return err
	}
	data, err := json.Marshal(record{t, seal})
	if err != nil {
		return err
	}
	s.drop(key)
	part := s.part()
	if _, err := place(file, part, shared); err != nil {
		return err
	}
	if err := s.move(part, s.file(key, tableEnd)); err != nil {
		return err
	}
	part = s.part()
	if err := os.WriteFile(part, append(data, '\n'), 0o600); err != nil {
		os.Remove(part)
		return err
	}
	if err := s.move(part, s.file(key, recordEnd)); err != nil {
		return err
	}
	s.used = append(s.used, key)
	return nil
}

func (s *Store) part() string {
	s.names++
	return filepath.Join(s.dir, partName+time.Now().UTC().Format("150405.000000000")+"-"+hex.EncodeToString([]byte{byte(s.names >> 8), byte(s.names)}))
}

// move makes what is in a file last and gives it its name. The folder is synced at the end: what a crash takes away was not kept.
func (s *Store) move(part, file string) error {
	err := lake.Sync(part)
	if err == nil {
		err = os.Rename(part, file)
	}
	if err != nil {
		os.Remove(part)
		return err
	}
	s.made = true
	return nil
}

// drop removes an entry: its record first, without which the table counts for nothing.
func (s *Store) drop(key string) {
	os.Remove(s.file(key, recordEnd))
	os.Remove(s.file(key, tableEnd))
}

// Close notes what was used, and removes what was not used for longest until the store holds no more than it may.
func (s *Store) Close() error {
	now := time.Now()
	for _, key := range s.used {
		if err := os.Chtimes(s.file(key, recordEnd), now, now); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if err := s.trim(); err != nil {
		return err
	}
	if !s.made {
		return nil
	}
	return lake.Sync(s.dir)
}

// kept is an entry as it lies in the folder.
type kept struct {
	key   string
	bytes int64
	when  time.Time // it was last used; zero of a table without a record
}

func (s *Store) trim() error {
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		return err
	}
	by := map[string]*kept{}
	var total int64
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			continue // it went
		}
		key, end := strings.TrimSuffix(e.Name(), filepath.Ext(e.Name())), filepath.Ext(e.Name())
		if len(key) != hex.EncodedLen(sha256.Size) {
			continue
		}
		k := by[key]
		if k == nil {
			k = &kept{key: key}
			by[key] = k
		}
		if end == recordEnd {
			k.when = info.ModTime()
		}
		k.bytes += info.Size()
		total += info.Size()
	}
	var list []*kept
	for _, k := range by {
		list = append(list, k)
	}
	slices.SortFunc(list, func(a, b *kept) int { return cmp.Or(a.when.Compare(b.when), cmp.Compare(a.key, b.key)) })
	for _, k := range list {
		if total <= s.limit && !k.when.IsZero() {
			break
		}
		s.drop(k.key)
		total -= k.bytes
		s.made = true
	}
	return nil
}
