package ingest

import (
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// Keys written down once: they are in every lake and every output, so they may never change.
func TestKeyIsFixed(t *testing.T) {
	s := testProjectKey(t)
	for _, c := range []struct {
		domain, ps, id string
	}{
		{DomainPersoon, "v1_" + strings.Repeat("ab", 16), "p-17e4a82ee5e0405a"},
		{DomainHuishouden, "v1_" + strings.Repeat("ab", 16), "p-762c3c1597c1b341"},
		{DomainAlleen, "v1_" + strings.Repeat("ab", 16), "p-30441672673875e6"},
	} {
		key := s.Key(c.domain, c.ps)
		if key < 0 || key != slowKey(c.domain, c.ps) || key != s.Key(c.domain, strings.ToUpper(c.ps)) {
			t.Errorf("%s: %d", c.domain, key)
		}
		if PersoonID(key) != c.id || HuishoudenID(key) != "h"+c.id[1:] {
			t.Errorf("%s: %s; want %s", c.domain, PersoonID(key), c.id)
		}
	}
	if got := s.Fingerprint(); got != "37ee519f3c4a6f26" {
		t.Error(got)
	}
	if got := PersoonID(1); got != "p-0000000000000001" {
		t.Error(got)
	}
}

func TestSecretIsNotPrinted(t *testing.T) {
	s := testProjectKey(t)
	for _, format := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
		if out := fmt.Sprintf(format, s); strings.Contains(out, "0123") || strings.Contains(out, "48, 49") || strings.Contains(out, "0x30") {
			t.Errorf("%s: %s", format, out)
		}
	}
}

func TestNewSleutelLength(t *testing.T) {
	for _, n := range []int{0, 16, 31, 33, 64} {
		if _, err := NewProjectKey(make([]byte, n)); err == nil {
			t.Errorf("%d bytes: no error", n)
		}
	}
}

// One key may be used by many goroutines at once.
func TestKeyConcurrent(t *testing.T) {
	s := testProjectKey(t)
	want := s.Key(DomainPersoon, ps("jan"))
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 100 {
				if s.Key(DomainPersoon, ps("jan")) != want {
					t.Error("another key")
				}
			}
		})
	}
	wg.Wait()
}

// Two persons with one key stop the run, whether they meet in memory or in runs that were written out.
func TestCollision(t *testing.T) {
	for _, limit := range []int{10, 1} {
		dir := t.TempDir()
		s := newPersonSet(dir, limit)
		if err := s.add(5, 1, 2, []byte("a")); err != nil {
			t.Fatal(err)
		}
		if err := s.add(5, 1, 2, []byte("a")); err != nil {
			t.Fatal(err)
		}
		err := s.add(5, 2, 2, []byte("b"))
		if err == nil {
			_, err = s.write(filepath.Join(dir, PersoonBestand))
		}
		if err == nil || !strings.Contains(err.Error(), "p-0000000000000005") {
			t.Errorf("limit %d: %v", limit, err)
		}
		s.discard()
	}
}

// Pseudonyms that fall in one place of the cache, within a record and over records, keep their own keys.
func TestKeyCachePlaces(t *testing.T) {
	c := newKeyCache(testProjectKey(t), DomainPersoon, 1<<30)
	same := "00000000" // the last eight bytes decide the place
	names := []string{"v1_" + strings.Repeat("a", 32) + same, "v1_" + strings.Repeat("b", 32) + same, "v1_" + strings.Repeat("c", 32) + same,
		"v1_" + strings.Repeat("d", 200) + same, "V1_" + strings.Repeat("A", 32) + same}
	for range 3 {
		c.start()
		var entries []*keyEntry
		for _, n := range names {
			e, _ := c.find([]byte(n))
			entries = append(entries, e)
		}
		for i, e := range entries {
			if e.key != slowKey(DomainPersoon, names[i]) || string(e.text()) != strings.ToLower(names[i]) {
				t.Errorf("%s: %s", names[i], e.text())
			}
		}
	}
}
