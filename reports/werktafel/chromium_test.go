package werktafel

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"stapel/reports/browsertest"
	"stapel/reports/table"
	"stapel/reports/vrij"
)

// asked are the ten questions that a werktafel asks, where in the public documents they come from, and what the page has to say to each: with
// the figures of the rich tables, and where nearly nothing may be shown.
var asked = []struct {
	question, source string
	rich             []string
	poor             []string
}{
	{"Welke cocktails komen steeds terug, en bij hoeveel huishoudens?",
		"Maatwerk Magazine 2021, giftige cocktails: ruim vijftig casussen, vier cocktails",
		[]string{"Ggz, woonproblematiek, kinderen en niet passende begeleiding: 120 huishoudens.", "Jeugdzorg, woonproblematiek en kinderen: 310 huishoudens.",
			"Schulden, woonproblematiek en kinderen: 265 huishoudens.", "Ggz, woonproblematiek en geen uitkering (geen bijstand): 75 huishoudens."},
		[]string{"Jeugdzorg, woonproblematiek en kinderen: 10 huishoudens.", "Schulden, woonproblematiek en kinderen: minder dan 10 of niet te tonen."}},
	{"Worden het er meer of minder?",
		"Maatwerk Magazine 2021: hoe kan het dat dezelfde casussen telkens terugkomen",
		[]string{"Schulden, woonproblematiek en kinderen: meer, van 180 op 31-03-2024 naar 265 op 31-12-2025.", "kinderen: minder, van 345 op 31-03-2024 naar 310 op 31-12-2025.",
			"ongeveer gelijk, van 70 op 30-09-2024 naar 75 op 31-12-2025.", "huishoudens van nu"},
		[]string{"Niet te zeggen: van geen enkele cocktail zijn twee kwartalen te tonen."}},
	{"Hoe komen mensen erin, en hoeveel tijd zit ertussen?",
		"Maatwerk Magazine 2021: een adresonderzoek van 14 weken, een opname van drie maanden",
		[]string{"Schulden, woonproblematiek en kinderen: het vaakst woonproblematiek → schulden (91 dagen later) → cocktail vol (5 dagen later), 110 huishoudens in 98 dagen.",
			"het vaakst ggz → geen bijstand (92 dagen later) → woonproblematiek (61 dagen later) → cocktail vol (op dezelfde dag), 30 huishoudens in 160 dagen."},
		[]string{"Niet te zeggen: dat onderdeel wordt niet getoond. Niet binnen 300 seconden"}},
	{"Wat was er al te zien voordat de bijstand stopte?",
		"Maatwerk Magazine 2021: bij gedwongen opname stopt de bijstand",
		[]string{"Ggz: bij 95 huishoudens, 88 dagen eerder.", "Woonproblematiek: bij 45 huishoudens, 74 dagen eerder.", "Schulden: bij 25 huishoudens, 110 dagen eerder."},
		[]string{"Niet te zeggen: dat onderdeel wordt niet getoond."}},
	{"Wat komt eerst: problemen met wonen of schulden?",
		"Maatwerk Magazine 2021: huurachterstand door uitblijvende huurtoeslag; wonen en inkomen zijn gescheiden werelden",
		[]string{"Eerst woonproblematiek, dan schulden: bij 185 huishoudens, met 98 dagen ertussen.", "Eerst schulden, dan woonproblematiek: bij 140 huishoudens, met 119 dagen ertussen."},
		[]string{"Niet te zeggen: dat onderdeel wordt niet getoond."}},
	{"Waar zijn wij nog op tijd?",
		"Maatwerk Magazine 2021: urgentie komt pas als het misgaat, terwijl de gemeenten preventief willen werken",
		[]string{"Nog niet: woonproblematiek; wel: jeugdzorg en kinderen: 760 huishoudens nu; van 545 die een jaar eerder zo ver waren, werd de cocktail bij 40 vol.",
			"Nog niet: schulden; wel: woonproblematiek en kinderen: 420 huishoudens nu"},
		[]string{"Niet te zeggen: alle aantallen zijn minder dan 10 of niet te tonen."}},
	{"Hoeveel huishoudens hebben een terugvordering of boete, en om hoeveel geld gaat het?",
		"Maatwerk Magazine 2021, tips voor actieonderzoek: Leeuwarden en Twente telden wie met invordering te maken heeft, en om hoeveel geld",
		[]string{"Samen 640 huishoudens; nog te betalen: € 2.914.000.", "Schulden, woonproblematiek en kinderen: 70 huishoudens, € 412.000."},
		[]string{"Niet te zeggen: onbekend, want niet geleverd of niet te gebruiken: Vorderingen (BDFS)."}},
	{"Waarop lopen plannen vast, en wie kan dat wegnemen?",
		"Augeo Magazine, maatwerkplannen: meestal ligt één partij dwars; Eenvoudig Maatwerk: beslissingsmacht ligt elders",
		[]string{"Huisvesting: 45 plannen; het vaakst zegt woningcorporatie nee (20 keer).", "Regelgeving: 25 plannen.", "Over alle plannen wijst woningcorporatie het vaakst af: 25 keer."},
		[]string{"Niet te zeggen: onbekend, want niet geleverd of niet te gebruiken: Maatwerkplannen en Akkoorden op plannen."}},
	{"Hoe lang duurt het voordat een plan akkoord is?",
		"Augeo Magazine, maatwerkplannen: gemiddeld zes maanden, een minderheid binnen twee maanden",
		[]string{"De helft is akkoord binnen 182 dagen na de aanmelding (95 plannen)."},
		[]string{"Niet te zeggen: onbekend, want niet geleverd of niet te gebruiken: Maatwerkplannen."}},
	{"Welke combinatie heeft nog niemand een naam gegeven?",
		"Maatwerk Magazine 2021: wie gaat scheiden en bijstand en een woning aanvraagt; tip om naar beschikbare data te kijken",
		[]string{"Ggz + kinderen + schulden + woonproblematiek: 95 huishoudens, 6,3 keer zo vaak als bij toeval (met daarin: Schulden, woonproblematiek en kinderen).",
			"Geen bijstand + schulden + woonproblematiek: 60 huishoudens, 4,0 keer zo vaak als bij toeval.", "Jeugdzorg + schulden: 215 huishoudens, 2,7 keer zo vaak als bij toeval."},
		[]string{"Niet te zeggen: dat onderdeel wordt niet getoond."}},
}

// folded is a text with runs of white space taken as one space.
func folded(text string) string { return strings.Join(strings.Fields(text), " ") }

// TestQuestions: the page answers the ten questions in words that a reader sees, and each leads to the part that says more.
func TestQuestions(t *testing.T) {
	for name, tables := range map[string]*vrij.Tables{"rich": rich(), "poor": poor()} {
		_, out := render(t, tables, testRun)
		o := browsertest.Open(t, out["werktafel.html"].Bytes())
		answers := browsertest.Eval[[]string](t, o, `[...document.querySelectorAll("#vragen li")].map(e => e.innerText)`)
		if len(answers) != len(asked) {
			t.Fatalf("%d questions, want %d", len(answers), len(asked))
		}
		for i, q := range asked {
			got, want := folded(answers[i]), q.rich
			if name == "poor" {
				want = q.poor
			}
			if !strings.HasPrefix(got, q.question) {
				t.Errorf("question %d is %q, want %q", i+1, got, q.question)
			}
			for _, w := range want {
				if !strings.Contains(got, w) {
					t.Errorf("%s, question %d (%s) does not say %q: %s", name, i+1, q.source, w, got)
				}
			}
		}
		if dead := browsertest.Eval[[]string](t, o, `[...document.querySelectorAll("a[href^='#']")].filter(a => !document.querySelector(a.hash)).map(a => a.outerHTML)`); len(dead) > 0 {
			t.Errorf("%s: dead links %q", name, dead)
		}
	}
}

// TestPagesInBrowser holds the pages of both tables to what everyone needs, on screens and on paper. A sheet for the table is one sheet of paper.
func TestPagesInBrowser(t *testing.T) {
	for name, tables := range map[string]*vrij.Tables{"rich": rich(), "poor": poor()} {
		_, out := render(t, tables, testRun)
		o := browsertest.Open(t, out["werktafel.html"].Bytes())
		for file, most := range map[string]int{"werktafel.html": 14, "tafelblad-cocktail_1.html": 1, "tafelblad-cocktail_3.html": 1, "tafelblad-cocktail_4.html": 1} {
			t.Run(name+" "+file, func(t *testing.T) {
				o.Load(t, out[file].Bytes())
				o.Run(t, chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("details").forEach(d => d.open = true)`))
				accessible(t, o)
				o.Run(t, chromedp.EmulateViewport(900, 900))
				if cut := browsertest.Eval[[]string](t, o, `[...document.querySelectorAll(".schuif")].filter(e => e.scrollWidth > e.clientWidth).map(e => e.innerText.slice(0, 60))`); len(cut) > 0 {
					t.Errorf("at 900 px drawings are cut off: %q", cut)
				}
				o.Run(t, chromedp.ResetViewport())
				browsertest.Accessible(t, o)
				o.Run(t, browsertest.Media("print"), chromedp.EmulateViewport(688, 970))
				if wide := browsertest.Eval[[]string](t, o, browsertest.TooWide); len(wide) > 0 {
					t.Errorf("on A4: %v", wide)
				}
				o.Run(t, browsertest.Media(""), chromedp.ResetViewport())
				const mm = 72 / 25.4
				sheets := browsertest.Sheets(t, o.PDF(t), 16*mm)
				if len(sheets) == 0 || len(sheets) > most {
					t.Errorf("%d sheets, want at most %d", len(sheets), most)
				}
				for i, s := range sheets {
					if math.Abs(s.Width-595) > 1 || math.Abs(s.Height-842) > 1 {
						t.Errorf("sheet %d is %.0f by %.0f points, not A4", i+1, s.Width, s.Height)
					}
					if full := s.Full(15*mm, 16*mm); full < 0.4 && i < len(sheets)-1 || full < 0.1 {
						t.Errorf("sheet %d of %d is filled for %.0f%%", i+1, len(sheets), 100*full)
					}
				}
			})
		}
		o.Quiet(t)
		t.Run(name+" scripts", func(t *testing.T) { browsertest.OnlyOwnScript(t, o, out["werktafel.html"].Bytes()) })
	}
}

// accessible holds what axe does not: words for all charts that fit their place, captions, headings in their order, and a dash that is read out.
func accessible(t *testing.T, o *browsertest.Page) {
	t.Helper()
	for what, script := range map[string]string{
		"double ids":                `(ids => ids.filter((x, i) => ids.indexOf(x) !== i))([...document.querySelectorAll("[id]")].map(e => e.id))`,
		"tables without a caption":  `[...document.querySelectorAll("table")].filter(t => !t.caption || !t.caption.textContent.trim()).map(t => t.innerText.slice(0, 40))`,
		"charts without words":      `[...document.querySelectorAll("svg:not([aria-hidden])")].filter(s => !s.getAttribute("aria-labelledby") || s.getAttribute("aria-labelledby").split(" ").some(id => !document.getElementById(id).textContent)).map(s => s.outerHTML.slice(0, 60))`,
		"skipped heading levels":    `(hs => hs.filter((h, i) => i && h - hs[i - 1] > 1).map(String))([...document.querySelectorAll("h1,h2,h3,h4")].map(h => +h.tagName[1]))`,
		"a dash that says nothing":  fmt.Sprintf(`[...document.querySelectorAll(".verborgen")].filter(e => e.innerText.replace("–", "").trim() !== %q || !e.firstChild.title).map(e => e.outerHTML)`, table.WithheldWord),
		"a cell without anything":   `[...document.querySelectorAll("td.r")].filter(e => !e.innerText.trim()).map(e => e.parentElement.innerText)`,
		"text wider than its place": `[...document.querySelectorAll("svg.grafiek text[textLength]")].filter(x => x.getBBox().width > +x.getAttribute("textLength") + 1.5).map(x => x.textContent)`,
		"text outside its chart":    `[...document.querySelectorAll("svg.grafiek text")].filter(x => { const b = x.getBoundingClientRect(), s = x.ownerSVGElement.getBoundingClientRect(); return b.left < s.left - 1 || b.right > s.right + 1 || b.bottom > s.bottom + 1; }).map(x => x.textContent)`,
		"text outside its box": `[...document.querySelectorAll("svg.stroom")].flatMap(s => { const boxes = [...s.querySelectorAll("rect[stroke], rect[height]")].map(r => r.getBoundingClientRect());
  return [...s.querySelectorAll("text[text-anchor=middle]")].filter(x => { const b = x.getBoundingClientRect();
    return boxes.some(r => b.left < r.right - 1 && b.right > r.left + 1 && b.top < r.bottom && b.bottom > r.top && (b.left < r.left - 1 || b.right > r.right + 1)); }).map(x => x.textContent); })`,
	} {
		if found := browsertest.Eval[[]string](t, o, script); len(found) > 0 {
			t.Errorf("%s: %q", what, found)
		}
	}
}
