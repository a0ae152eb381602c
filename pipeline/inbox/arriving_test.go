package inbox

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"stapel/config/configtest"
	"stapel/pipeline/arrival"
)

// TestArriving: what came in just now is read once it held still; what still changes by then is not read, and said.
func TestArriving(t *testing.T) {
	cfg, dir := configtest.Defaults(t, nil), t.TempDir()
	file := filepath.Join(dir, "wmo_declaratie", "a.csv")
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte("a;b\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	terms := func(off time.Duration) (arrival.Terms, *time.Duration) {
		slept := time.Duration(0)
		return arrival.Terms{Settle: 30 * time.Minute, Now: func() time.Time { return time.Now().Add(off + slept) },
			Sleep: func(_ context.Context, d time.Duration) { slept += d }}, &slept
	}
	now, slept := terms(0)
	in, at, err := Whole(t.Context(), dir, cfg, now)
	if err != nil || len(in.Found) != 1 || in.Arriving != 0 || len(in.Unread) != 0 {
		t.Fatalf("%+v, %v", in, err)
	}
	if *slept < 29*time.Minute || *slept > 30*time.Minute || at.Before(time.Now().Add(29*time.Minute)) {
		t.Errorf("it slept %v, and looked at %v", *slept, at)
	}
	if said := in.Remarks(); len(said) != 1 || !strings.HasSuffix(said[0], " s gewacht tot bestanden die net binnenkwamen stil lagen (inbox.settle_seconds)") {
		t.Errorf("%q", said)
	}
	// by this clock it is written all the time
	ahead, slept := terms(-2 * time.Hour)
	in, _, err = Whole(t.Context(), dir, cfg, ahead)
	if err != nil || len(in.Found) != 0 || in.Arriving != 1 || len(in.Unread) != 1 || in.Unread[0].File != "wmo_declaratie/a.csv" || !strings.Contains(in.Unread[0].Reason, "misschien maar half") {
		t.Errorf("%+v, %v", in, err)
	}
	if *slept > 30*time.Minute {
		t.Errorf("it slept %v", *slept)
	}
	// without a time to settle nothing is waited for
	if in, _, err := Whole(t.Context(), dir, cfg, arrival.Terms{}); err != nil || len(in.Found) != 1 || in.Remarks() != nil {
		t.Errorf("%+v, %v", in, err)
	}
}
