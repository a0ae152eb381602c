package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of text that comes in beside the extracts.
const (
	MaxFileBytes = 1 << 20 // of a file of the configuration
	MaxReason    = 500     // characters of a reason, which is one line
	maxText      = 2000    // characters of any text in a file of the configuration
	maxShown     = 500     // characters of a name, label or source that people are shown
)

// TextError says where text can't be used and why, never what it holds. Column counts characters, from 1.
type TextError struct {
	Line, Column int
	Why          string
}

func (e *TextError) Error() string {
	return fmt.Sprintf("line %d, character %d: %s", e.Line, e.Column, e.Why)
}

// CheckText holds a file to what the program reads anywhere: UTF-8 (a byte order mark may be there), of the control characters
// only tabs and line ends, and no signs that nobody sees. The error is a *TextError.
func CheckText(data []byte) error {
	if why := NoText(data); why != "" {
		return &TextError{1, 1, why}
	}
	line, column := 1, 1
	rest := bytes.TrimPrefix(data, []byte("\ufeff"))
	for len(rest) > 0 {
		r, n := utf8.DecodeRune(rest)
		switch {
		case r == utf8.RuneError && n == 1:
			return &TextError{line, column, "not UTF-8"}
		case r == '\r' && len(rest) > 1 && rest[1] == '\n', r == '\t':
		case r != '\n' && isControl(r):
			return &TextError{line, column, controlIs(r)}
		}
		rest, column = rest[n:], column+1
		if r == '\n' {
			line, column = line+1, 1
		}
	}
	return nil
}

// NoText names what data is when it is no UTF-8 text as a whole: UTF-16, or packed; "" otherwise.
func NoText(data []byte) string {
	for _, form := range []struct{ start, what string }{
		{"\xff\xfe", "the file is UTF-16, not UTF-8"}, {"\xfe\xff", "the file is UTF-16, not UTF-8"},
		{"PK\x03\x04", "the file is a zip file (a workbook?), no text"}, {"\x1f\x8b", "the file is packed (gzip), no text"},
	} {
		if bytes.HasPrefix(data, []byte(form.start)) {
			return form.what
		}
	}
	// UTF-16 without a byte order mark: every other byte of Latin letters is NUL
	start := data[:min(len(data), 64)&^1]
	even, odd := 0, 0
	for i, b := range start {
		if b == 0 && i%2 == 0 {
			even++
		} else if b == 0 {
			odd++
		}
	}
	if half := len(start) / 4; len(start) > 3 && (even > half && odd == 0 || odd > half && even == 0) {
		return "the file is UTF-16, not UTF-8"
	}
	return ""
}

// CheckLine says what is wrong with a text of one line and at most so many characters; "" when nothing is.
func CheckLine(s string, most int) string {
	if !utf8.ValidString(s) {
		return "not UTF-8"
	}
	for _, r := range s {
		if isControl(r) {
			return controlIs(r)
		}
	}
	if n := utf8.RuneCountInString(s); n > most {
		return fmt.Sprintf("%d characters; at most %d", n, most)
	}
	return ""
}

// isControl is true of what is no text in a line: control characters, the two separators of lines and paragraphs, and what nobody sees and
// makes a text another than it looks: signs that turn the direction of writing and signs without width.
func isControl(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Zl, unicode.Zp) || turns(r) || widthless(r)
}

func turns(r rune) bool {
	return r == '\u061c' || r == '\u200e' || r == '\u200f' || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}

func widthless(r rune) bool {
	return r == '\u00ad' || r >= '\u200b' && r <= '\u200d' || r >= '\u2060' && r <= '\u2064' || r == '\ufeff'
}

func controlIs(r rune) string {
	switch r {
	case 0:
		return "a NUL byte (damaged, or UTF-16)"
	case '\t':
		return "a tab"
	case '\n', '\r', '\u2028', '\u2029':
		return "a line end inside it"
	}
	switch {
	case turns(r):
		return fmt.Sprintf("a sign that turns the direction of writing (U+%04X)", r)
	case widthless(r):
		return fmt.Sprintf("a sign that nobody sees (U+%04X)", r)
	}
	return fmt.Sprintf("a control character (U+%04X)", r)
}

// StartsFormula reports whether a spreadsheet would run a cell with this text as a formula (OWASP, CSV injection). Blanks and
// invisible characters before the sign do not help an attacker: some programs strip them.
func StartsFormula(s string) bool {
	if s != "" && strings.ContainsRune("\t\r\n", rune(s[0])) {
		return true
	}
	trimmed := strings.TrimLeftFunc(s, func(r rune) bool { return unicode.In(r, unicode.White_Space, unicode.Cc, unicode.Cf) })
	for _, sign := range []string{"=", "+", "-", "@", "＝", "＋", "－", "＠"} {
		if strings.HasPrefix(trimmed, sign) {
			return true
		}
	}
	return false
}

// ReadFile reads a file that is to be small; one that is larger than most bytes is an error, and so is a folder.
func ReadFile(name string, most int64) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, withoutPath(err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, most+1))
	if err != nil {
		return nil, withoutPath(err)
	}
	if int64(len(data)) > most {
		return nil, fmt.Errorf("it is larger than %d bytes", most)
	}
	return data, nil
}

// withoutPath drops the path from a file error: it is the caller's to name.
func withoutPath(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}
