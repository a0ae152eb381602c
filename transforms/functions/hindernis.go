package functions

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"stapel/transforms/estimate"
	"stapel/transforms/typed"
)

/*
name: hindernis
doc: >
  What stands in the way of maatwerk plans, who refuses, and how long it takes (methods 6): over the plans that were reported by P. The row
  of all parties is about plans: how long from report to approval, of whom a plan that is not approved stays in sight until P (rules 42). That of a
  party is about its own decisions.
level: totaal
grain: [hindernis, partij]
reads: [hindernis_plan, hindernis_besluit]
columns:
  - hindernis tekst: what stands in the way, in lower case; alle for all plans
  - partij tekst: organisation that decides, in lower case; niet_genoemd where it is not named, or alle
  - plannen aantal: plans; of a party those that it decided about
  - afwijzingen aantal: of which some party, or this one, last said no
  - aanvullen aantal: of which some party, or this one, last wanted more, and none said no
  - mediaan_dagen getal?: "alle: days until half are approved (Kaplan and Meier), empty while fewer are; of a party the median to its first decision"
needs:
  afwijzingen aanvullen: maatwerk_plan maatwerk_akkoord
  "*": maatwerk_plan
figures:
  plannen afwijzingen aanvullen: schatting, plannen met deze hindernis, naar het laatste besluit van elke partij
  mediaan_dagen: schatting, mediaan van de dagen tot akkoord (Kaplan en Meier), of tot het eerste besluit van de partij
*/

// obstacleTables are what hindernis reads.
type obstacleTables struct {
	Plans     typed.Table[obstaclePlan]     `table:"hindernis_plan"`
	Decisions typed.Table[obstacleDecision] `table:"hindernis_besluit"`
}

type obstaclePlan struct {
	Case      string  `parquet:"casusnummer"`
	Obstacles *string `parquet:"hindernis,optional"`
	Approved  *int64  `parquet:"dagen_tot_akkoord,optional"`
	Followed  int64   `parquet:"dagen_gevolgd"`
}

type obstacleDecision struct {
	Case     string  `parquet:"casusnummer"`
	Party    *string `parquet:"organisatie,optional"`
	Decision string  `parquet:"besluit"`
	Days     int64   `parquet:"dagen"`
}

type obstacleRow struct {
	Obstacle string   `parquet:"hindernis"`
	Party    string   `parquet:"partij"`
	Plans    int64    `parquet:"plannen"`
	Refused  int64    `parquet:"afwijzingen"`
	More     int64    `parquet:"aanvullen"`
	Median   *float64 `parquet:"mediaan_dagen,optional"`
}

const everything = "alle"

// hindernis gives a row per obstacle and party.
func hindernis(ctx context.Context, in obstacleTables) ([]obstacleRow, error) {
	plans, err := in.Plans.All(ctx)
	if err != nil {
		return nil, err
	}
	decided, err := in.decided(ctx)
	if err != nil {
		return nil, err
	}
	type parties struct {
		row      obstacleRow
		time     []float64 // of plans: days to approval, or to P
		approved []bool
		days     map[int64]int64
	}
	rows := map[[2]string]*parties{}
	at := func(obstacle, party string) *parties {
		id := [2]string{obstacle, party}
		if rows[id] == nil {
			rows[id] = &parties{row: obstacleRow{Obstacle: obstacle, Party: party}, days: map[int64]int64{}}
		}
		return rows[id]
	}
	for _, p := range plans {
		for _, obstacle := range append([]string{everything}, obstacles(p.Obstacles)...) {
			all := at(obstacle, everything)
			all.row.count(decided[p.Case])
			days := p.Followed
			if p.Approved != nil {
				days = *p.Approved
			}
			all.time, all.approved = append(all.time, float64(days)), append(all.approved, p.Approved != nil)
			for _, d := range decided[p.Case] {
				one := at(obstacle, *d.Party)
				one.row.count([]obstacleDecision{d})
				one.days[d.Days]++
			}
		}
	}
	var out []obstacleRow
	for _, id := range slices.SortedFunc(maps.Keys(rows), func(a, b [2]string) int { return slices.Compare(a[:], b[:]) }) {
		p := rows[id]
		if id[1] == everything {
			switch fit, err := estimate.KaplanMeier(p.time, p.approved, estimate.SurvivalOptions{}); {
			case errors.Is(err, estimate.ErrNobodyFollowed):
			case err != nil:
				return nil, err
			default:
				if median, _, _ := fit.Median(); median.Reached {
					p.row.Median = &median.Time
				}
			}
		}
		var tally []estimate.Tally
		for _, d := range slices.Sorted(maps.Keys(p.days)) {
			tally = append(tally, estimate.Tally{Value: d, Count: p.days[d]})
		}
		if id[1] != everything {
			_, p.row.Median, _ = quartiles(tally)
		}
		out = append(out, p.row)
	}
	return out, nil
}

// severity orders decisions: the least favourable first.
var severity = []string{"afwijzen", "aanvullen", "akkoord"}

// decided is what each party last decided about each plan, of two decisions on one day the least favourable (rules 52), with the days to its first. Names
// that differ in capitals or blanks only are one party.
func (in obstacleTables) decided(ctx context.Context) (map[string][]obstacleDecision, error) {
	out := map[string][]obstacleDecision{}
	last := map[[2]string]int64{}
	for d, err := range in.Decisions.Rows(ctx) {
		if err != nil {
			return nil, err
		}
		name := "niet_genoemd"
		if d.Party != nil {
			name = cmp.Or(plain(*d.Party), name)
		}
		if name == everything {
			name += " (naam)"
		}
		id := [2]string{d.Case, name}
		list := out[d.Case]
		i := slices.IndexFunc(list, func(o obstacleDecision) bool { return *o.Party == name })
		day, decision := d.Days, d.Decision
		if i < 0 {
			d.Party = &name
			out[d.Case], last[id] = append(list, d), day
			continue
		}
		if day > last[id] || day == last[id] && slices.Index(severity, decision) < slices.Index(severity, list[i].Decision) {
			list[i].Decision, last[id] = decision, day
		}
		list[i].Days = min(list[i].Days, day)
	}
	return out, nil
}

// count counts a plan by what was last decided about it.
func (r *obstacleRow) count(decisions []obstacleDecision) {
	r.Plans++
	said := func(what string) bool {
		return slices.ContainsFunc(decisions, func(d obstacleDecision) bool { return d.Decision == what })
	}
	switch {
	case said("afwijzen"):
		r.Refused++
	case said("aanvullen"):
		r.More++
	}
}

// obstacles are the words of a list, each once, however they were spelt.
func obstacles(list *string) (out []string) {
	if list == nil {
		return nil
	}
	for word := range strings.SplitSeq(*list, "|") {
		switch word = plain(word); word {
		case "":
		case everything:
			out = append(out, word+" (naam)")
		default:
			out = append(out, word)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// plain is a text in lower case, with single blanks.
func plain(text string) string { return strings.ToLower(strings.Join(strings.Fields(text), " ")) }
