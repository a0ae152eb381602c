package show

import (
	"fmt"
	"io"
	"strings"
	"time"

	"stapel/pipeline/status"
)

// A metric is a family of the text format of Prometheus, all gauges: what is unknown has no sample, and is never zero.
type metric struct {
	name, help string
	samples    []sample
}

type sample struct {
	labels []string // name, value, name, value
	value  float64
}

func (m *metric) add(value float64, labels ...string) {
	m.samples = append(m.samples, sample{labels, value})
}

func seconds(t time.Time) float64 { return float64(t.Unix()) }

func flag(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// Prometheus writes the status in the text format of Prometheus, version 0.0.4, for the textfile collector of the node exporter: counts of files and runs,
// moments, seconds and shares of a whole feed. It has no count of persons or households, no names of suppliers or files and no text of messages, for a monitoring system
// is another place than the data folder.
func Prometheus(w io.Writer, v View) error {
	out := &errWriter{w: w}
	for _, m := range v.metrics() {
		if len(m.samples) == 0 {
			continue
		}
		fmt.Fprintf(out, "# HELP %s %s\n# TYPE %s gauge\n", m.name, m.help, m.name)
		for _, s := range m.samples {
			fmt.Fprintf(out, "%s%s %v\n", m.name, labels(s.labels), s.value)
		}
	}
	return out.err
}

var escaped = strings.NewReplacer(`\`, `\\`, "\n", `\n`, `"`, `\"`)

func labels(pairs []string) string {
	if len(pairs) == 0 {
		return ""
	}
	var b strings.Builder
	for i := 0; i < len(pairs); i += 2 {
		fmt.Fprintf(&b, `%s="%s",`, pairs[i], escaped.Replace(strings.ToValidUTF8(pairs[i+1], "\uFFFD")))
	}
	return "{" + strings.TrimSuffix(b.String(), ",") + "}"
}

func (v View) metrics() []*metric {
	var all []*metric
	add := func(name, help string) *metric {
		m := &metric{name: "stapel_" + name, help: help}
		all = append(all, m)
		return m
	}
	add("build_info", "Version of stapel that looked.").add(1, "version", v.Version)
	add("status_timestamp_seconds", "When stapel looked at the data folder.").add(seconds(v.Moment))
	add("status_unreadable", "Parts of the status that could not be read.").add(float64(len(v.Trouble)))
	points := add("status_points", "What needs somebody, by what it is about.")
	for _, sort := range status.Sorts() {
		n := 0
		for _, p := range v.Points {
			if p.Sort == sort {
				n++
			}
		}
		points.add(float64(n), "sort", string(sort))
	}
	add("run_busy", "1: a run is busy.").add(flag(v.Busy))
	v.runMetrics(add)
	v.feedMetrics(add)
	if l := v.Latest; l != nil {
		add("latest_peildatum_timestamp_seconds", "Peildatum of the latest published run.").add(seconds(l.Peildatum.Time))
		if l.Finished != nil {
			add("latest_timestamp_seconds", "When the latest published run was done.").add(seconds(*l.Finished))
		}
	}
	share := add("link_share", "Share of the persons of a feed that are found in huishouden, in the latest published run.")
	least := add("link_share_minimum", "Share below which nothing is concluded from a feed.")
	low := add("link_low", "1: too few persons of a feed are found in huishouden, over all or in a gemeente.")
	for _, l := range v.Links {
		if l.Gemeente == "alle" {
			if l.Share != nil {
				share.add(*l.Share, "kind", l.Kind)
			}
			if l.Minimum != nil {
				least.add(*l.Minimum, "kind", l.Kind)
			}
		}
		low.add(flag(l.Bad), "kind", l.Kind, "gemeente", l.Gemeente)
	}
	v.timeMetrics(add)
	v.jobMetrics(add)
	return all
}

func (v View) runMetrics(add func(name, help string) *metric) {
	begin := add("run_last_begin_timestamp_seconds", "When the last run began.")
	code := add("run_last_exit_code", "Exit code of the last run that ended.")
	took := add("run_last_seconds", "How long the last run took that ended.")
	good := add("run_last_success_timestamp_seconds", "When the last run began that did what it was for (exit 0, 3 or 4), of those that are shown.")
	bad := add("run_failures", "Runs since then that did not: failed, stopped, or killed.")
	failures, ended := 0, false
	for i, r := range v.Runs {
		if i == 0 {
			begin.add(seconds(r.Begin))
		}
		if r.Exit != nil && !ended {
			ended = true
			code.add(float64(*r.Exit))
			took.add(*r.Seconds)
		}
		if r.Stand == status.RunDone {
			good.add(seconds(r.Begin))
			break
		}
		if r.Stand != status.RunBusy {
			failures++
		}
	}
	if len(v.Runs) > 0 {
		bad.add(float64(failures))
	}
}

func (v View) feedMetrics(add func(name, help string) *metric) {
	add("inbox_files", "Extracts in the inbox that are whole.").add(float64(v.Inbox.Files))
	if !v.Inbox.Never {
		add("inbox_new", "Extracts that came or changed after the last run looked.").add(float64(len(v.Inbox.New)))
	}
	add("inbox_arriving", "Extracts that are still being written.").add(float64(len(v.Inbox.Arriving)))
	add("inbox_unread", "What lies in the inbox and is no extract.").add(float64(len(v.Inbox.Unread)))
	refused := add("deliveries_refused", "Deliveries that the last run refused and that lie there still, by kind.")
	by := map[string]int{}
	for _, f := range v.Refused {
		by[f.Kind]++
	}
	known := map[string]bool{}
	required := add("feed_required", "1: a run needs this kind.")
	stand := add("feed_stand", "1: so is a feed doing: ontbreekt, te_laat, achter, onbekend, bij or niet_geleverd; of more suppliers than one the worst.")
	made := add("feed_made_timestamp_seconds", "Day on which the newest delivery was made.")
	until := add("feed_covered_until_timestamp_seconds", "Last day that a delivery covers.")
	expected := add("feed_expected_timestamp_seconds", "Day on which the next delivery is expected.")
	type at struct{ kind, gemeente string }
	var order []at
	worst := map[at]status.Feed{}
	for _, f := range v.Feeds {
		if !known[f.Kind] {
			known[f.Kind] = true
			required.add(flag(f.Required), "kind", f.Kind)
			refused.add(float64(by[f.Kind]), "kind", f.Kind)
		}
		gemeenten := f.Gemeenten
		if len(gemeenten) == 0 {
			gemeenten = []string{""}
		}
		for _, g := range gemeenten {
			k := at{f.Kind, g}
			was, ok := worst[k]
			if !ok {
				order = append(order, k)
			}
			if !ok || f.Stand.Worse(was.Stand) {
				worst[k] = f
			}
		}
	}
	for _, k := range order {
		f := worst[k]
		for _, s := range status.Stands() {
			stand.add(flag(f.Stand == s), "kind", k.kind, "gemeente", k.gemeente, "stand", string(s))
		}
		for _, d := range []struct {
			m   *metric
			day *status.Day
		}{{made, f.Made}, {until, f.Until}, {expected, f.Expected}} {
			if d.day != nil {
				d.m.add(seconds(d.day.Time), "kind", k.kind, "gemeente", k.gemeente)
			}
		}
	}
}

func (v View) timeMetrics(add func(name, help string) *metric) {
	for _, x := range []struct {
		of   string
		list []status.Timing
	}{{"stage", v.Stages}, {"model", v.Models}} {
		took := add(x.of+"_seconds", "How long a "+x.of+" took in the last run that computed.")
		usual := add(x.of+"_usual_seconds", "Median of the runs before.")
		for _, t := range x.list {
			took.add(t.Seconds, x.of, t.Name)
			if t.Usual != nil {
				usual.add(*t.Usual, x.of, t.Name)
			}
		}
	}
}

func (v View) jobMetrics(add func(name, help string) *metric) {
	overdue := add("job_failing", "1: a job was due and did not succeed.")
	failures := add("job_failures", "Runs of a job that failed since it last succeeded.")
	success := add("job_last_success_timestamp_seconds", "When the last run of a job began that succeeded, or the last time that nothing was to be run.")
	due := add("job_due_timestamp_seconds", "The last time that a job had to run.")
	for _, j := range v.Jobs {
		overdue.add(flag(j.Stand.Bad()), "job", j.Name)
		failures.add(float64(j.Failures), "job", j.Name)
		due.add(seconds(j.Due), "job", j.Name)
		if j.Success != nil {
			success.add(seconds(*j.Success), "job", j.Name)
		}
	}
}
