package control

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"io"
	"os"

	"github.com/parquet-go/parquet-go"
)

// RowDigest is the SHA-256 over the column names and the rows of a Parquet file in their order. It is read with another
// library than the one that wrote the file, and stays the same when an engine's version changes the bytes around the
// rows. Every value is preceded by its kind and length, so that no two different tables give the same bytes.
func RowDigest(name string) (string, error) {
	_, digest, err := ScanRows(name, nil, nil)
	return digest, err
}

// ScanRows reads a Parquet file once, and gives the number of its rows and their digest (RowDigest). start sees the columns first, and each every row; a
// row is only good until each returns. Both may be nil.
func ScanRows(name string, start func(*parquet.Schema) error, each func(parquet.Row)) (n int64, digest string, err error) {
	f, err := os.Open(name)
	if err != nil {
		return 0, "", err
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return 0, "", err
	}
	pf, err := parquet.OpenFile(f, st.Size())
	if err != nil {
		return 0, "", err
	}
	if start != nil {
		if err := start(pf.Schema()); err != nil {
			return 0, "", err
		}
	}
	h := sha256.New()
	var buf []byte
	for _, path := range pf.Schema().Columns() {
		for _, part := range path {
			buf = appendBytes(buf, []byte(part))
		}
	}
	h.Write(buf)
	rows := make([]parquet.Row, 256)
	for _, rg := range pf.RowGroups() {
		r := rg.Rows()
		for {
			got, err := r.ReadRows(rows)
			buf = buf[:0]
			for _, row := range rows[:got] {
				n++
				for _, v := range row {
					buf = appendValue(buf, v)
				}
				if each != nil {
					each(row)
				}
			}
			h.Write(buf)
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				r.Close()
				return n, "", err
			}
		}
		if err := r.Close(); err != nil {
			return n, "", err
		}
	}
	return n, hex.EncodeToString(h.Sum(nil)), nil
}

func appendValue(buf []byte, v parquet.Value) []byte {
	if v.IsNull() {
		return append(buf, 0xff)
	}
	buf = append(buf, byte(v.Kind()))
	return appendBytes(buf, v.Bytes())
}

func appendBytes(buf, b []byte) []byte {
	buf = binary.BigEndian.AppendUint32(buf, uint32(len(b)))
	return append(buf, b...)
}
