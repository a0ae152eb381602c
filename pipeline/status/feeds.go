package status

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"time"

	"stapel/config"
	"stapel/reports/mart"
)

// Feed is a kind of extract of a supplier, for gemeenten of which all of this is the same.
type Feed struct {
	Kind       string   `json:"kind"`
	Gemeenten  []string `json:"gemeenten"`           // none: it does not say of which, or there is no delivery
	Supplier   string   `json:"gegevensleverancier"` // as the newest note names it; "" when none does
	Role       string   `json:"rol"`                 // who delivers such a kind
	Required   bool     `json:"verplicht"`           // a run needs it
	Deliveries int      `json:"leveringen"`
	Made       *Day     `json:"gemaakt,omitempty"`        // the newest delivery
	Days       *int     `json:"dagen,omitempty"`          // how long ago that is
	Until      *Day     `json:"gedekt_tot,omitempty"`     // last day that a delivery covers
	Months     *int     `json:"maanden,omitempty"`        // of the twelve up to the peildatum of the last run that are covered; nil: it is not known
	Newest     *Day     `json:"nieuwste_regel,omitempty"` // latest first day of a line, in the last run
	Rhythm     string   `json:"ritme,omitempty"`          // day, week, month, quarter, year, or "n dagen" as earlier deliveries came
	Set        bool     `json:"ritme_ingesteld"`          // feeds.<kind>.every says so
	Expected   *Day     `json:"verwacht,omitempty"`       // the next delivery
	Stand      Stand    `json:"stand"`
	Why        string   `json:"waarom,omitempty"` // Dutch
	Do         string   `json:"doe,omitempty"`    // Dutch: what to do about it here
	Ask        string   `json:"vraag,omitempty"`  // Dutch: what to ask of who delivers, after "wij vragen u om"
}

// Stand is how a feed is doing.
type Stand string

// How a feed can be doing, the worst first.
const (
	Missing Stand = "ontbreekt"     // there is no delivery, and there should be
	Late    Stand = "te_laat"       // the next delivery should have been here
	Behind  Stand = "achter"        // it covers less far than others
	Unknown Stand = "onbekend"      // nothing says when the next is due, or what it covers
	Fine    Stand = "bij"           //
	Absent  Stand = "niet_geleverd" // there is no delivery, and there need not be
)

var standOrder = []Stand{Missing, Late, Behind, Unknown, Fine, Absent}

// Bad says that somebody has to do something about it.
func (s Stand) Bad() bool { return s == Missing || s == Late || s == Behind }

// Worse says that it is worse than another.
func (s Stand) Worse(other Stand) bool {
	return slices.Index(standOrder, s) < slices.Index(standOrder, other)
}

// Stands are all of them, the worst first.
func Stands() []Stand { return slices.Clone(standOrder) }

type feedKey struct{ kind, gemeente string }

// feeds says of every kind and gemeente how it is doing.
func (r *reading) feeds() error {
	err := r.newestLines()
	if len(r.region) == 0 {
		r.region = slices.Clone(r.Config.Settings.Run.Gemeenten)
	}
	if len(r.region) == 0 {
		for _, d := range r.deliveries {
			r.region = append(r.region, d.gemeenten...)
		}
		slices.Sort(r.region)
		r.region = slices.Compact(r.region)
	}
	furthest := r.furthest()
	for _, kind := range r.Config.Kinds() {
		for _, f := range r.ofKind(kind) {
			g := ""
			if len(f.Gemeenten) > 0 {
				g = f.Gemeenten[0]
			}
			f.judge(r.instead(kind), furthest[g], DayOf(r.Now), r.Config.Settings.Inbox.GraceDays)
			r.out.Feeds = joined(r.out.Feeds, f)
		}
	}
	return err
}

// newestLines reads what the last run saw of lines.
func (r *reading) newestLines() error {
	if r.out.Latest == nil {
		return nil
	}
	err := mart.ScanIfThere(r.ctx, r.lake.Run(r.out.Latest.Run).MartFS(), mart.Coverage, func(row *mart.Dekking) error {
		if row.NieuwsteRegel == nil {
			return nil
		}
		key, at := feedKey{row.Kind, row.Gemeente}, DayOf(row.NieuwsteRegel.Time())
		if was, ok := r.lines[key]; !ok || at.After(was.Time) {
			r.lines[key] = at
		}
		return nil
	})
	return ignore(err, fs.ErrNotExist)
}

// furthest is, per gemeente, the last whole month that any required kind covers; of a gemeente for which none does it has nothing.
func (r *reading) furthest() map[string]Day {
	out := map[string]Day{}
	for _, kind := range r.Config.Kinds() {
		if !r.Config.Required(kind) {
			continue
		}
		for _, g := range r.region {
			if until := r.until(r.of(kind, "", g), kind, g); until != nil {
				if m := (Day{until.month()}); m.After(out[g].Time) {
					out[g] = m
				}
			}
		}
	}
	return out
}

// of are the deliveries of a kind that count: whole, and not refused. supplier and gemeente are those asked for; "" is all.
func (r *reading) of(kind, supplier, gemeente string) (out []delivery) {
	for _, d := range r.deliveries {
		if d.kind == kind && !d.refused && !d.arriving && (supplier == "" || config.FoldName(d.supplier) == supplier) && (gemeente == "" || d.covers(gemeente)) {
			out = append(out, d)
		}
	}
	return out
}

// until is the last day that deliveries of a kind cover for a gemeente; nil when nothing says so.
func (r *reading) until(list []delivery, kind, gemeente string) (last *Day) {
	for _, span := range r.spans(list, kind, gemeente) {
		if last == nil || span[1].After(last.Time) {
			last = &span[1]
		}
	}
	return last
}

// spans are the periods that deliveries cover for a gemeente, as rules say: of notes that name the gemeente, or else as configured.
func (r *reading) spans(list []delivery, kind, gemeente string) (out [][2]Day) {
	for _, d := range list {
		if d.from != nil && slices.Contains(d.gemeenten, gemeente) {
			out = append(out, [2]Day{*d.from, *d.to})
		}
	}
	if out == nil && !slices.ContainsFunc(r.of(kind, "", ""), func(d delivery) bool { return d.from != nil && len(d.gemeenten) > 0 }) {
		out = r.configured(kind, gemeente)
	}
	slices.SortFunc(out, func(a, b [2]Day) int { return cmp.Or(a[0].Compare(b[0].Time), a[1].Compare(b[1].Time)) })
	return out
}

// monthsCovered counts the months that are covered from the first day to the last, of the twelve that end with a day.
func monthsCovered(spans [][2]Day, end Day) int {
	n := 0
	first := time.Date(end.Year(), end.Month(), 1, 0, 0, 0, 0, time.UTC)
	for i := range 12 {
		at := first.AddDate(0, -i, 0)
		next := at.AddDate(0, 1, 0)
		for _, s := range spans { // in order
			if !s[0].After(at) && !s[1].Before(at) {
				at = s[1].AddDate(0, 0, 1)
			}
		}
		if !at.Before(next) {
			n++
		}
	}
	return n
}

// ofKind are the feeds of a kind, one a supplier and gemeente. Where one delivers a kind for a gemeente it is one feed, whoever that is.
func (r *reading) ofKind(kind string) (out []Feed) {
	suppliers := []string{""}
	if contract := r.Config.Contracts[kind]; contract.Suppliers == config.SuppliersMany {
		names := map[string]bool{}
		for _, d := range r.of(kind, "", "") {
			names[config.FoldName(d.supplier)] = true
		}
		delete(names, "")
		if len(names) > 0 {
			suppliers = slices.Sorted(maps.Keys(names))
		}
	}
	if len(r.of(kind, "", "")) == 0 {
		return []Feed{r.feed(kind, "", "", nil)}
	}
	whole := map[string]bool{} // gemeenten that somebody covers
	for _, supplier := range suppliers {
		list := r.of(kind, supplier, "")
		if !slices.ContainsFunc(list, func(d delivery) bool { return len(d.gemeenten) > 0 }) && len(r.Config.Settings.Feeds[kind].Coverage) == 0 {
			out = append(out, r.feed(kind, supplier, "", list))
			for _, g := range r.region {
				whole[g] = true
			}
			continue
		}
		for _, g := range r.region {
			if list := r.of(kind, supplier, g); len(list) > 0 {
				out, whole[g] = append(out, r.feed(kind, supplier, g, list)), true
			}
		}
	}
	for _, g := range r.region {
		if !whole[g] {
			out = append(out, r.feed(kind, "", g, nil))
		}
	}
	return out
}

// feed is what is known of deliveries of a kind for a gemeente.
func (r *reading) feed(kind, supplier, gemeente string, list []delivery) Feed {
	contract := r.Config.Contracts[kind]
	f := Feed{Kind: kind, Gemeenten: []string{}, Role: contract.Supplier, Required: r.Config.Required(kind), Deliveries: len(list)}
	if gemeente != "" {
		f.Gemeenten = append(f.Gemeenten, gemeente)
		if at, ok := r.lines[feedKey{kind, gemeente}]; ok && len(list) > 0 {
			f.Newest = &at
		}
		f.Until = r.until(list, kind, gemeente)
		if f.Until != nil && r.out.Latest != nil {
			n := monthsCovered(r.spans(list, kind, gemeente), r.out.Latest.Peildatum)
			f.Months = &n
		}
	}
	var made []Day
	for _, d := range list {
		if f.Made == nil || !d.made.Before(f.Made.Time) {
			f.Made = &d.made
			f.Supplier = cmp.Or(d.supplier, f.Supplier)
		}
		if d.said {
			made = append(made, d.made)
		}
	}
	if f.Made != nil {
		days := f.Made.DaysTo(DayOf(r.Now))
		f.Days = &days
	}
	if len(list) == 0 {
		f.Supplier = r.knownSupplier(kind)
	}
	f.expect(r.Config.Settings.Feeds[kind].Every, made)
	return f
}

// knownSupplier is who delivered a kind before, or who is configured to; "" when that is nobody, or more than one.
func (r *reading) knownSupplier(kind string) string {
	names := map[string]string{}
	for _, d := range r.deliveries {
		if d.kind == kind && d.supplier != "" {
			names[config.FoldName(d.supplier)] = d.supplier
		}
	}
	for _, s := range r.Config.Settings.Feeds[kind].Suppliers {
		names[config.FoldName(s.Name)] = s.Name
	}
	if len(names) != 1 {
		return ""
	}
	for _, name := range names {
		return name
	}
	return ""
}

// instead says what lies there of a kind, and is no delivery yet; "" when nothing does.
func (r *reading) instead(kind string) string {
	text := ""
	for _, d := range r.deliveries {
		switch {
		case d.kind != kind:
		case d.arriving:
			return "de levering komt nog binnen"
		case d.refused:
			text = "wat er ligt is geweigerd"
		}
	}
	return text
}

// joined adds a feed, to one of which all but the gemeente is the same where there is one.
func joined(all []Feed, f Feed) []Feed {
	at := slices.IndexFunc(all, func(o Feed) bool {
		return o.Kind == f.Kind && len(o.Gemeenten) > 0 && len(f.Gemeenten) > 0 && o.facts() == f.facts()
	})
	if at < 0 {
		return append(all, f)
	}
	all[at].Gemeenten = append(all[at].Gemeenten, f.Gemeenten...)
	all[at].Deliveries = max(all[at].Deliveries, f.Deliveries)
	if f.Newest != nil && (all[at].Newest == nil || f.Newest.After(all[at].Newest.Time)) {
		all[at].Newest = f.Newest
	}
	return all
}

// facts is what has to be the same for feeds to be one row.
func (f Feed) facts() [7]string {
	text := func(d *Day) string {
		if d == nil {
			return ""
		}
		return d.Format(time.DateOnly)
	}
	months := ""
	if f.Months != nil {
		months = fmt.Sprint(*f.Months)
	}
	return [7]string{config.FoldName(f.Supplier), text(f.Made), text(f.Until), months, text(f.Expected), string(f.Stand), f.Why}
}
