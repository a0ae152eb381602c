// Package chain keeps logs of which it shows when somebody changed a line, took one out or put one in. Every line has its number and a SHA-256 over
// the line before and itself; a file beside the log says where it ends. It shows what was not done by stapel. It does not stop somebody who works
// out the whole log and that file anew: for that its head has to be known elsewhere.
package chain

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"github.com/gofrs/flock"
)

// Suffix is what the name of the file beside a log has after that of the log.
const Suffix = ".stand"

// Head is where a log ends: what the file beside it holds.
type Head struct {
	Lines int64  `json:"regels"` // that are chained
	Bytes int64  `json:"bytes"`  // of the log
	Chain string `json:"keten"`  // of the last line
	Sum   string `json:"som"`    // over the three above, so that a change of this file is told from one of the log
}

func (h Head) sum() string { return digest(fmt.Sprintf("%d %d %s", h.Lines, h.Bytes, h.Chain)) }

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// link is the chain of a line: over that of the line before and its own text, without the chain.
func link(before string, body []byte) string { return digest(before + "\n" + string(body)) }

// Append adds a line of JSON, an object with at least one field, to a log, and makes it last. It goes on from where the log ended by the file beside it,
// so that a line that was taken away stays missed. What stands loose at the end, a line that was cut off or a log of before there were chains, stays
// there and is in the chain of the new line.
func Append(name string, entry any) (err error) {
	body, err := json.Marshal(entry)
	if err != nil {
		return err
	}
	lock := flock.New(name)
	if err := lock.Lock(); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Unlock()) }()
	f, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	st, err := f.Stat()
	if err != nil {
		return err
	}
	head, err := end(name)
	if err != nil {
		return err
	}
	if _, err := os.Lstat(name + Suffix); st.Size() == 0 && errors.Is(err, fs.ErrNotExist) {
		if err := setEnd(name, head); err != nil { // a first line without it would look like a log of which the file beside it was taken away
			return err
		}
	}
	loose, err := after(f, min(head.Bytes, st.Size()))
	if err != nil {
		return err
	}
	if next, rest := follow(head, loose); next != head { // lines were written, and where the log ends was not: it has to be before another is
		head, loose = next, rest
		if err := setEnd(name, head); err != nil {
			return err
		}
	}
	var line []byte
	if len(loose) > 0 && loose[len(loose)-1] != '\n' {
		line, loose = append(line, '\n'), append(loose, '\n')
	}
	body = fmt.Appendf(body[:len(body)-1], `,"nr":%d`, head.Lines+1)
	if len(loose) > 0 {
		body = fmt.Appendf(body, `,"los":%q`, digest(string(loose)))
	}
	body = append(body, '}')
	chain := link(head.Chain, body)
	line = fmt.Appendf(append(line, body[:len(body)-1]...), `,"keten":%q}`+"\n", chain)
	if _, err := f.Write(line); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	return setEnd(name, Head{Lines: head.Lines + 1, Bytes: st.Size() + int64(len(line)), Chain: chain})
}

// Read are the lines of a log in their order; none when it is not there. One that was cut off or is no T says nothing: Check tells of it.
func Read[T any](name string) (out []T, err error) {
	text, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: %w", filepath.Base(name), err)
	}
	for line := range bytes.Lines(text) {
		var e T
		if json.Unmarshal(line, &e) == nil {
			out = append(out, e)
		}
	}
	return out, nil
}

// end reads where a log ended. A file that can't be read is no reason not to log: the log itself then says where it ends.
func end(name string) (Head, error) {
	head, err := ReadHead(name)
	if err == nil {
		return head, nil
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return Head{}, err
	}
	head = Head{}
	at := int64(0)
	for _, text := range bytes.SplitAfter(data, []byte("\n")) {
		at += int64(len(text))
		if l, ok := parse(text); ok {
			head = Head{Lines: l.nr, Bytes: at, Chain: l.chain}
		}
	}
	return head, nil
}

// ReadHead reads where a log ends, from the file beside it; fs.ErrNotExist when there is none.
func ReadHead(name string) (h Head, err error) {
	data, err := os.ReadFile(name + Suffix)
	if err != nil {
		return h, err
	}
	if err := json.Unmarshal(data, &h); err != nil {
		return h, errors.New("it is not what stapel wrote")
	}
	if again, err := json.Marshal(h); err != nil || h.Sum != h.sum() || string(data) != string(again)+"\n" {
		return h, errors.New("its sum is not that of what it says")
	}
	return h, nil
}

func setEnd(name string, h Head) error {
	h.Sum = h.sum()
	data, err := json.Marshal(h)
	if err != nil {
		return err
	}
	part := name + Suffix + ".deel"
	f, err := os.OpenFile(part, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(append(data, '\n'))
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(part, name+Suffix)
}

func after(f *os.File, at int64) ([]byte, error) {
	if _, err := f.Seek(at, io.SeekStart); err != nil {
		return nil, err
	}
	return io.ReadAll(f)
}

// follow goes on from a head over the lines that come after it in a text, each with what stood loose before it, and gives what is left.
func follow(head Head, text []byte) (Head, []byte) {
	at := 0
	for at < len(text) {
		end := at + bytes.IndexByte(text[at:], '\n') + 1
		if end == at {
			break
		}
		l, ok := parse(text[at:end])
		if ok = ok && l.nr == head.Lines+1 && l.chain == link(head.Chain, l.body); ok && at == 0 {
			ok = l.loose == ""
		} else if ok {
			ok = l.loose == digest(string(text[:at]))
		}
		if at = end; ok {
			head = Head{Lines: l.nr, Bytes: head.Bytes + int64(end), Chain: l.chain}
			text, at = text[end:], 0
		}
	}
	return head, text
}

// line is one of a log.
type line struct {
	nr           int64
	loose, chain string
	body         []byte // without the chain
	front        int    // where its number stands
}

var chained = regexp.MustCompile(`(?s)\A\{.*("nr":([0-9]{1,18})(?:,"los":"([0-9a-f]{64})")?),"keten":"([0-9a-f]{64})"\}\n\z`)

// parse reads a line with its end.
func parse(text []byte) (l line, ok bool) {
	if bytes.IndexByte(text, '\n') != len(text)-1 || !json.Valid(text) { // two lines run together are no line
		return l, false
	}
	m := chained.FindSubmatchIndex(text)
	if m == nil {
		return l, false
	}
	if _, err := fmt.Sscan(string(text[m[4]:m[5]]), &l.nr); err != nil {
		return l, false
	}
	if m[6] >= 0 {
		l.loose = string(text[m[6]:m[7]])
	}
	l.chain = string(text[m[8]:m[9]])
	l.body = append(bytes.Clone(text[:m[3]]), '}')
	l.front = m[4]
	return l, true
}

// as is the body that the line would have under another number.
func (l line) as(nr int64) []byte {
	rest := bytes.TrimLeft(l.body[l.front:], "0123456789")
	return append(fmt.Appendf(bytes.Clone(l.body[:l.front]), "%d", nr), rest...)
}
