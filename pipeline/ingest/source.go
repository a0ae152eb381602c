package ingest

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"
)

// sourceFile is an opened extract: it reads the decompressed bytes and hashes both what lies on disk and what comes out.
type sourceFile struct {
	file   *os.File
	name   string
	limits Limits

	in      io.Reader // decompressed bytes
	raw     hash.Hash // of the bytes on disk; nil when these are the decompressed bytes
	data    hash.Hash
	n       int64 // decompressed bytes so far
	size    int64 // on disk
	modTime time.Time
}

// openSource opens a regular file; a link, folder or device is refused.
func openSource(path, name string, limits Limits) (*sourceFile, error) {
	refuse := func() error {
		return &Refusal{Code: RefGeenBestand, Bestand: name, Tekst: "dit is geen gewoon bestand maar een map, koppeling of apparaat",
			Remedie: "lever het bestand zelf aan"}
	}
	before, err := os.Lstat(path)
	if err != nil {
		return nil, hidePath(err, name)
	}
	if !before.Mode().IsRegular() {
		return nil, refuse()
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, hidePath(err, name)
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, hidePath(err, name)
	}
	if !os.SameFile(before, info) {
		f.Close()
		return nil, refuse()
	}
	s := &sourceFile{file: f, name: name, limits: limits, data: sha256.New(), size: info.Size(), modTime: info.ModTime()}
	s.in = f
	if strings.HasSuffix(strings.ToLower(path), ".gz") {
		s.raw = sha256.New()
		in := bufio.NewReaderSize(io.TeeReader(f, s.raw), 1<<18)
		start, _ := in.Peek(1 << 10)
		z, err := gzip.NewReader(in)
		if err != nil {
			f.Close()
			return nil, s.notGzip(start, err)
		}
		s.in = z
	}
	return s, nil
}

func (s *sourceFile) Close() error { return s.file.Close() }

// fill reads until p is full or the file ends; io.EOF comes with the last bytes, if any.
func (s *sourceFile) fill(p []byte) (n int, err error) {
	for n < len(p) && err == nil {
		var k int
		k, err = s.in.Read(p[n:])
		n += k
	}
	s.data.Write(p[:n])
	s.n += int64(n)
	if err != nil && err != io.EOF {
		return n, s.readError(err)
	}
	if s.n > s.limits.MaxDecompressedBytes {
		return n, &Refusal{Code: RefTeGroot, Bestand: s.name,
			Tekst:   fmt.Sprintf("meer dan %d bytes", s.limits.MaxDecompressedBytes),
			Remedie: "splits de levering, of verhoog limits.max_decompressed_bytes"}
	}
	if s.raw != nil && (s.n-1<<20)/int64(s.limits.MaxRatio) > s.size {
		return n, &Refusal{Code: RefUitpakken, Bestand: s.name,
			Tekst:   fmt.Sprintf("wordt uitgepakt meer dan %d keer zo groot", s.limits.MaxRatio),
			Remedie: "lever het bestand zonder compressie aan, of verhoog limits.max_gzip_ratio"}
	}
	return n, err
}

// readError turns what the decompressor says into a refusal, and keeps real I/O errors.
func (s *sourceFile) readError(err error) error {
	if s.raw == nil {
		return hidePath(err, s.name)
	}
	var io *fs.PathError
	if errors.As(err, &io) {
		return hidePath(err, s.name)
	}
	return &Refusal{Code: RefGzip, Bestand: s.name, Tekst: "het gzip-bestand is beschadigd of niet compleet", Remedie: "lever het opnieuw aan"}
}

// notGzip says what a file called .gz is when it does not start as gzip.
func (s *sourceFile) notGzip(start []byte, err error) error {
	refusal := new(Refusal)
	if r := s.readError(err); !errors.As(r, &refusal) {
		return r
	}
	if what, remedy := notCSV(start); what != "" && !bytes.HasPrefix(start, []byte("\x1f\x8b")) {
		return &Refusal{Code: RefGeenCSV, Bestand: s.name, Tekst: "dit is geen gzip maar " + what, Remedie: remedy}
	}
	if len(start) > 0 && !bytes.HasPrefix(start, []byte("\x1f\x8b")) && bytes.IndexByte(start, 0) < 0 {
		refusal.Tekst, refusal.Remedie = "het bestand heet .gz, maar is niet gecomprimeerd", "noem het .csv, of comprimeer het"
	}
	return refusal
}

// sums returns the hashes in hex of the decompressed bytes and of the file on disk. Only after the end of the file.
func (s *sourceFile) sums() (data, raw string) {
	data = hex.EncodeToString(s.data.Sum(nil))
	if s.raw == nil {
		return data, data
	}
	return data, hex.EncodeToString(s.raw.Sum(nil))
}

// unchanged refuses a file whose size or time of change is not what it was when it was opened.
func (s *sourceFile) unchanged() error {
	info, err := s.file.Stat()
	if err != nil {
		return hidePath(err, s.name)
	}
	if info.Size() != s.size || !info.ModTime().Equal(s.modTime) {
		return ChangedMeanwhile(s.name)
	}
	return nil
}

// ChangedMeanwhile refuses a file that somebody wrote, replaced or took away while it was read; name may be shown.
func ChangedMeanwhile(name string) *Refusal {
	return &Refusal{Code: RefGewijzigd, Bestand: name, Tekst: "het bestand veranderde terwijl het werd gelezen",
		Remedie: "plaats een levering pas in de inbox als zij compleet is (schrijf elders en verplaats daarna)"}
}

// hidePath replaces the path in a file error by the name that may be shown.
func hidePath(err error, name string) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return &fs.PathError{Op: pe.Op, Path: name, Err: pe.Err}
	}
	return fmt.Errorf("%s: %w", name, err)
}

// Identify returns the SHA-256 in hex and the number of the decompressed bytes of a file, which are what a delivery is
// recognised by: x.csv and x.csv.gz are the same. A file that can't be accepted whatever is in it (not a regular file, damaged
// gzip, beyond the limits, changed meanwhile) gives a *Refusal that names the last element of path.
func Identify(ctx context.Context, path string, limits Limits) (sha256hex string, size int64, err error) {
	return identify(ctx, path, filepath.Base(path), limits.withDefaults())
}

func identify(ctx context.Context, path, name string, limits Limits) (string, int64, error) {
	s, err := openSource(path, name, limits)
	if err != nil {
		return "", 0, err
	}
	defer s.Close()
	buf := make([]byte, 1<<18)
	for {
		if err := ctx.Err(); err != nil {
			return "", 0, err
		}
		_, err := s.fill(buf)
		if err == io.EOF {
			break
		}
		if err != nil {
			return "", 0, err
		}
	}
	if err := s.unchanged(); err != nil {
		return "", 0, err
	}
	sum, _ := s.sums()
	return sum, s.n, nil
}
