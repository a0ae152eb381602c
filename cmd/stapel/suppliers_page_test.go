package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"stapel/pipeline/exit"
)

// TestSuppliersPage: the pseudonyms of docs/leveranciers.md are what its recipe gives, and check takes them.
func TestSuppliersPage(t *testing.T) {
	text := page(t, "leveranciers.md")
	secret, err := hex.DecodeString(regexp.MustCompile("`([0-9a-f]{64})` \\(32 bytes").FindStringSubmatch(text)[1])
	if err != nil {
		t.Fatal(err)
	}
	rows := regexp.MustCompile("(?m)^\\| `([^`]+)` \\| `v1_([0-9a-f]{64})` \\|$").FindAllStringSubmatch(text, -1)
	if len(rows) != 3 {
		t.Fatalf("%d examples", len(rows))
	}
	lines := "persoon_ps;gemeentecode;soort;datum\n"
	for _, r := range rows {
		h := hmac.New(sha256.New, secret)
		h.Write([]byte(r[1]))
		if got := hex.EncodeToString(h.Sum(nil)); got != r[2] {
			t.Errorf("%s gives v1_%s, and the page says v1_%s", r[1], got, r[2])
		}
		lines += "v1_" + r[2] + ";0855;ontruiming;2025-01-01\n"
	}
	command, printed, _ := strings.Cut(section(text, "## Hoe u een pseudoniem maakt"), "-r | cut -c1-64\n")
	if !strings.Contains(command, "printf '%s' "+rows[0][1]+" | openssl dgst -sha256 -mac HMAC -macopt hexkey:"+hex.EncodeToString(secret)) ||
		!strings.HasPrefix(printed, rows[0][2]+"\n") {
		t.Errorf("openssl is shown with another secret, number or outcome")
	}
	file := filepath.Join(t.TempDir(), "wonen_signaal.csv")
	if err := os.WriteFile(file, []byte(lines), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out, errs := stapel(t, t.Context(), "check", file); code != exit.Done || !strings.Contains(out, "3 geleverd, 3 goed") {
		t.Errorf("exit %d: %s%s", code, out, errs)
	}
}
