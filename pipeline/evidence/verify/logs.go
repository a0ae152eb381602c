package verify

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"stapel/pipeline/analyseplan"
	"stapel/pipeline/chain"
	"stapel/pipeline/lake"
)

// logOf is what each of the logs of a data folder is of.
var logOf = map[string]string{
	"inzage.jsonl":       "wie waarom naar huishoudens keek",
	"selecties.jsonl":    "wie koos en besloot",
	"lotingen.jsonl":     "wat er is aangekondigd en geloot",
	analyseplan.Register: "welke analyseplannen zijn vastgelegd",
	lake.LatestLog:       "welke run de laatste werd",
	lake.AttachLog:       "wat er naast de runs is gezet",
	lake.JobLog:          "welke taak wanneer draaide",
	lake.PurgeLog:        "welke runs zijn weggehaald",
	lake.RunLog:          "welke run wanneer begon en eindigde",
}

// logs reads every log through.
func (v *verifying) logs(context.Context) error {
	for _, name := range []string{".", "latest"} {
		if err := v.closed(name); err != nil {
			return err
		}
	}
	for _, name := range lake.Logs {
		for _, file := range []string{name, name + chain.Suffix} {
			if err := v.closed(file); err != nil {
				return err
			}
		}
		found, lines, err := chain.Check(filepath.Join(v.opt.Data, name))
		if err != nil {
			return err
		}
		v.result.LogLines += lines
		for _, f := range found {
			v.say(logFinding(name, f))
		}
	}
	return nil
}

// logFinding says what a log shows.
func logFinding(name string, found chain.Found) Finding {
	f := Finding{Code: Log, File: name, Line: found.Line, Nature: Nature(found.Kind), Remark: !found.Kind.Fault(),
		Do: "zet het logboek terug uit een back-up; stapel schrijft er alleen regels bij"}
	span := fmt.Sprintf("regel %d", found.Nr)
	if found.To > found.Nr {
		span = fmt.Sprintf("de regels %d tot en met %d", found.Nr, found.To)
	}
	switch found.Kind {
	case chain.Changed:
		f.What = "deze regel is veranderd nadat hij was geschreven"
	case chain.Removed:
		f.What = "hier is " + span + " weg"
		if found.Nr == 0 {
			f.What = "hiervoor is tekst weg die er stond toen deze regel werd geschreven"
		}
	case chain.Moved:
		f.What = span + " staat niet op zijn plaats"
	case chain.Added:
		f.What = "hier staat iets dat stapel niet schreef"
		if found.Line == 0 {
			f.What = span + " is er na de laatste bij gezet"
		}
	case chain.Short:
		f.What = "aan het einde is " + span + " weg"
	case chain.NoLog:
		f.Code, f.What = Missing, "weg, terwijl "+name+chain.Suffix+" er is"
	case chain.NoHead:
		f.Code, f.File, f.What = Missing, name+chain.Suffix, "weg: of er aan het einde van "+name+" regels af zijn, is niet te zeggen"
	case chain.BadHead:
		f.Code, f.File, f.What = Changed, name+chain.Suffix, "zegt iets anders over het einde van "+name+" dan stapel schreef"
	case chain.Cut:
		f.What, f.Do = "deze regel is afgebroken toen hij werd geschreven; de regel erna legt dat vast", ""
	case chain.Before:
		f.Code, f.What, f.Do = Old, "de regels van hier af zijn van voor logboeken een keten hadden ("+logOf[name]+")", ""
	case chain.NotAdded:
		f.What, f.Do = "de laatste regel is geschreven, en waar het logboek ophoudt nog niet: er is iets afgebroken", ""
	}
	return f
}

// publications holds latest, and which runs there are, to the log of what became the latest.
func (v *verifying) publications(context.Context) error {
	data, err := os.ReadFile(filepath.Join(v.opt.Data, lake.LatestLog))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	type line struct {
		Run    string `json:"run"`
		Before string `json:"vorige"`
	}
	var last line
	said := map[string]bool{}
	n := 0
	for text := range strings.Lines(string(data)) {
		n++
		var l line
		if json.Unmarshal([]byte(text), &l) != nil || l.Run == "" {
			continue // its chain says so
		}
		last = l
		if !said[l.Run] && v.named(l.Run) == nil && v.purged[l.Run].Run == "" && !v.spoilt(lake.LatestLog, n) && !v.saidGone(l.Run) {
			v.say(Finding{Code: RunGone, Run: l.Run, File: "runs/" + l.Run, What: "weg, terwijl " + lake.LatestLog + " deze run noemt", Do: restore})
		}
		said[l.Run] = true
	}
	raw, err := os.ReadFile(filepath.Join(v.opt.Data, "latest"))
	f := Finding{File: "latest", Do: "zet er de laatste run van " + lake.LatestLog + " in"}
	switch {
	case errors.Is(err, fs.ErrNotExist) && last.Run != "":
		f.Code, f.What = Missing, "weg, terwijl er een run is gepubliceerd"
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case v.spoilt(lake.LatestLog, 0):
		return nil // what it has to be is not known
	case last.Run == "":
		f.Code, f.What, f.Remark, f.Do = Old, "van voor er een "+lake.LatestLog+" was: niet na te gaan", true, ""
	case string(raw) == last.Run+"\n":
		return nil
	case last.Before != "" && string(raw) == last.Before+"\n":
		f.Code, f.Remark, f.What = Latest, true, "de run die het laatst de laatste zou worden, werd het niet: de publicatie is afgebroken"
		f.Do = "draai stapel run opnieuw"
	default:
		f.Code, f.What = Latest, "noemt een andere run dan de laatste van "+lake.LatestLog+", "+last.Run
	}
	v.say(f)
	return nil
}

// spoilt reports whether a log is known to be wrong, at a line or, with line 0, anywhere.
func (v *verifying) spoilt(log string, line int) bool {
	for _, f := range v.result.Findings {
		if f.File == log && !f.Remark && (line == 0 || f.Line == line) && f.Code != Open {
			return true
		}
	}
	return false
}

// saidGone reports whether a run was said to be gone.
func (v *verifying) saidGone(id string) bool {
	for _, f := range v.result.Findings {
		if f.Code == RunGone && f.Run == id {
			return true
		}
	}
	return false
}
