// Package nltest reads what people get for words that they do not have.
package nltest

import (
	"regexp"
	"slices"
	"strings"
)

// jargon are words that readers of a report do not have, with what to write instead.
var jargon = []struct {
	re      *regexp.Regexp
	instead string
}{
	{regexp.MustCompile(`\bT[012]\b`), "the year, or de laatste 12 maanden"},
	{regexp.MustCompile(`(?i)\brij-?niveau\b|\bniveau rij\b`), "gegevens per huishouden"},
	{regexp.MustCompile(`(?i)\bvol op P\b|\bop P\b`), "vol op 31-12-2025"},
	{regexp.MustCompile(`(?i)\bgeprijsde?\b`), "geschat met een vaste prijs"},
	{regexp.MustCompile(`(?i)\b1 regels\b|\b1 huishoudens\b|\b1 bestanden\b|\b1 plannen\b|\b1 personen\b`), "the singular"},
	{regexp.MustCompile(`\b(Verw|Dom|Voorz)\.`), "the whole word"},
	{regexp.MustCompile(`(?i)\bterugtoets \(cellen\)|\bde cellen achter\b`), "groepen waarmee is gerekend"},
	{regexp.MustCompile(`(?i)\bregels én veldmelding\b`), "regels en wijkteam"},
	{regexp.MustCompile(`(?i)\bzwak aanwezig\b`), "waarschijnlijk"},
	{regexp.MustCompile(`(?i)\bbij gelijke\b`), "bij vergelijkbare huishoudens"},
	{regexp.MustCompile(`(?i)\bmaanden van T0 rijp\b|\brijpe maanden\b`), "complete maanden"},
	{regexp.MustCompile(`(?i)\bzekerst hoog\b`), "waar dit het zekerst vaak gebeurt"},
	{regexp.MustCompile(`(?i)\baan te tonen niet te bepalen\b`), "aantoonbaar effect: niet te berekenen"},
	{regexp.MustCompile(`;; gebruik`), "gebruik een puntkomma (;)"},
	{regexp.MustCompile(`(?i)(?:^|[^/,\w])(?:in_aanmerking|zvw_aandeel|heeft_plan)\b`), "the words for the rule"},
}

// Jargon names the words in a text that its readers do not have, each with what to write instead; none when it is plain.
func Jargon(text string) (found []string) {
	text = strings.ReplaceAll(text, "\u00a0", " ")
	for _, j := range jargon {
		for _, word := range j.re.FindAllString(text, 3) {
			found = append(found, word+" (write "+j.instead+")")
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}
