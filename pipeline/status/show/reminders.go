package show

import (
	"fmt"
	"regexp"
	"strings"

	"stapel/pipeline/status"
	"stapel/reports/nl"
)

// Reminder is a message to who delivers, ready to mail. It names feeds, periods, files and what was wrong with them, and nothing of what is in a file.
type Reminder struct {
	Supplier string `json:"gegevensleverancier"` // by name, or what they are
	Subject  string `json:"onderwerp"`
	Text     string `json:"tekst"`
	File     string `json:"bestand"` // a name for it, without folder
}

// item is what a reminder is about.
type item struct{ what, why, ask string }

// Reminders are one message a supplier, in the order in which they come among the feeds. There is none for who delivered everything.
func Reminders(v View) []Reminder {
	var order []string
	names, items := map[string]string{}, map[string][]item{}
	add := func(who string, x item) {
		key := strings.ToLower(strings.Join(strings.Fields(who), " "))
		if names[key] == "" {
			names[key] = who
			order = append(order, key)
		}
		items[key] = append(items[key], x)
	}
	roles := map[string]string{}
	for _, f := range v.Feeds {
		if roles[f.Kind] == "" || f.Supplier != "" {
			roles[f.Kind] = f.Who()
		}
		if f.Stand.Bad() {
			add(f.Who(), item{f.Name(v.Place) + ": " + standWords[f.Stand], f.Why, "Wij vragen u om " + f.Ask + "."})
		}
	}
	for _, f := range v.Refused {
		who := f.Supplier
		if who == "" {
			who = roles[f.Kind]
		}
		ask := "Wij vragen u om dit bestand opnieuw te leveren."
		if f.Remedy != "" {
			ask = "Wat u kunt doen: " + f.Remedy + "."
		}
		add(who, item{"Het bestand " + f.File + ": geweigerd", f.Reason, ask})
	}
	used := map[string]int{}
	var out []Reminder
	for _, key := range order {
		out = append(out, reminder(names[key], items[key], used))
	}
	return out
}

var standWords = map[status.Stand]string{status.Missing: "niet ontvangen", status.Late: "te laat", status.Behind: "loopt achter"}

var noName = regexp.MustCompile(`[^a-z0-9]+`)

func reminder(who string, items []item, used map[string]int) Reminder {
	r := Reminder{Supplier: who, Subject: "Leveringen voor stapel: " + nl.Plain(nl.Count(int64(len(items)), "vraag", "vragen"))}
	slug := strings.Trim(noName.ReplaceAllString(strings.ToLower(who), "-"), "-")
	if slug == "" {
		slug = "leverancier"
	}
	r.File = "herinnering-" + slug
	if used[slug]++; used[slug] > 1 {
		r.File += fmt.Sprintf("-%d", used[slug])
	}
	r.File += ".txt"
	var b strings.Builder
	para := func(text string) { b.WriteString(wrap(text, "", "") + "\n") }
	para("Aan: " + who)
	para("Onderwerp: " + r.Subject)
	b.WriteString("\n")
	para("Beste lezer,")
	b.WriteString("\n")
	para(nl.Form(int64(len(items)), "Er is een vraag over een levering van u.", "Er zijn vragen over leveringen van u."))
	for i, x := range items {
		b.WriteString("\n")
		lead := fmt.Sprintf("%d. ", i+1)
		indent := strings.Repeat(" ", len(lead))
		b.WriteString(wrap(x.what, lead, indent) + "\n")
		b.WriteString(wrap(nl.Capital(x.why)+".", indent, indent) + "\n")
		b.WriteString(wrap(x.ask, indent, indent) + "\n")
	}
	b.WriteString("\n")
	para("Lever elk bestand als geheel, met een leveringsbrief die de periode, de gemeenten, het aantal regels en de sha256 noemt. Zet geen gegevens van personen in uw antwoord op dit bericht.")
	b.WriteString("\n")
	para("Met vriendelijke groet,")
	r.Text = nl.Plain(b.String())
	return r
}

// width is how wide lines of a mail are.
const width = 76

// wrap breaks a text between words; first begins its first line, and rest the others. A word that is wider than a line stays whole.
func wrap(text, first, rest string) string {
	var b strings.Builder
	b.WriteString(first)
	at, begin := len([]rune(first)), true
	for _, word := range strings.Fields(text) {
		n := len([]rune(word))
		switch {
		case begin:
		case at+1+n > width:
			b.WriteString("\n" + rest)
			at = len([]rune(rest))
		default:
			b.WriteString(" ")
			at++
		}
		b.WriteString(word)
		at, begin = at+n, false
	}
	return b.String()
}
