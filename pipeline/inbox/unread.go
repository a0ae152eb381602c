package inbox

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"stapel/config"
	"stapel/pipeline/ingest"
)

// whyNotInInbox says of what lies in the inbox itself, and is no folder of a kind, why it is not read and what to do.
func whyNotInInbox(e fs.DirEntry, cfg *config.Config) string {
	name := e.Name()
	kind := strings.ToLower(name)
	switch {
	case e.Type()&fs.ModeSymlink != 0 && cfg.Contracts[kind] != nil:
		return "een symbolische koppeling; zet de map zelf in de inbox"
	case strings.HasPrefix(name, "."):
		return dotName
	case e.IsDir():
		if near := config.Nearest(name, cfg.Kinds()); near != "" {
			return fmt.Sprintf("geen soort extract die stapel kent; zet de bestanden in inbox/%s/ als zij van die soort zijn", near)
		}
		return "geen soort extract die stapel kent; noem de map naar de soort (stapel contract noemt ze)"
	}
	if cfg.Contracts[kind] == nil {
		kind = kindByName(cfg, name)
	}
	if kind == "" {
		return "ligt los in de inbox; zet het in de map van zijn soort (stapel contract noemt ze)"
	}
	return fmt.Sprintf("ligt los in de inbox; zet het in de map van zijn soort, inbox/%s/ zo te zien", kind)
}

const dotName = "een naam die met een punt begint wordt niet gelezen; geef het een andere naam als het een levering is, haal het anders weg"

// Ends of names by what has to be done about them.
var (
	spareEnds   = []string{".bak", ".part", ".tmp", ".temp", ".old", ".orig", ".partial", ".filepart", ".crdownload", ".download", ".swp", "~"}
	textEnds    = []string{".txt", ".tsv", ".tab", ".dat", ".text"}
	sheetEnds   = []string{".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".numbers"}
	packedEnds  = []string{".zip", ".7z", ".rar", ".tar", ".tgz", ".tar.gz", ".bz2", ".xz", ".zst"}
	secretEnds  = []string{".gpg", ".pgp", ".asc", ".age", ".enc"}
	controlEnds = []string{".sha256", ".sha512", ".sha1", ".md5", ".crc"}
)

// whyNotRead says of what lies in the folder of a kind, and is neither an extract nor the note of one, why it is not read and what to do.
func whyNotRead(e fs.DirEntry, folder string, extracts []string, noteOf map[string]string) string {
	name := e.Name()
	lower := strings.ToLower(name)
	end := func(among []string) bool {
		return slices.ContainsFunc(among, func(s string) bool { return strings.HasSuffix(lower, s) })
	}
	switch {
	case e.Type()&fs.ModeSymlink != 0:
		return "een symbolische koppeling; zet er het bestand zelf neer"
	case e.IsDir():
		return "een submap; zet de bestanden die erin staan in " + folder + "/ zelf"
	case !e.Type().IsRegular():
		return "geen gewoon bestand; haal het weg"
	case strings.HasPrefix(name, "."):
		return dotName
	case end(spareEnds):
		return "een reservekopie of een bestand dat nog niet af is; zet het hele bestand erin als .csv of .csv.gz, of haal dit weg"
	case strings.Contains(lower, ".levering.") || end([]string{".yaml", ".yml"}):
		return whyNoNote(name, extracts, noteOf)
	case strings.HasSuffix(lower, ".csv.txt"):
		return "geen .csv of .csv.gz; geef het de naam " + SafeName(name[:len(name)-len(".txt")])
	case end(textEnds):
		return "geen .csv of .csv.gz; sla het op als CSV met ; tussen de kolommen, met de naam " + withEnd(name, ".csv")
	case end(sheetEnds):
		return "een werkblad, geen .csv of .csv.gz; sla het op als CSV met ; tussen de kolommen, met de naam " + withEnd(name, ".csv")
	case end(packedEnds):
		return "ingepakt op een manier die stapel niet leest; pak het uit, en lever de .csv die erin zit"
	case strings.HasSuffix(lower, ".gz"):
		return "geen .csv of .csv.gz; geef het, als er CSV in zit, een naam die op .csv.gz eindigt"
	case end(secretEnds):
		return "versleuteld of ondertekend; lever de .csv die erin zit"
	case end(controlEnds):
		return "een controlegetal; zet het als sha256 in de leveringsbrief, en haal dit weg"
	}
	return "geen .csv of .csv.gz; sla het op als CSV met ; tussen de kolommen, of haal het weg"
}

// withEnd is a name with another end.
func withEnd(name, end string) string {
	return SafeName(strings.TrimSuffix(name, path.Ext(name)) + end)
}

// whyNoNote says of what looks like a delivery note which name it must have.
func whyNoNote(name string, extracts []string, noteOf map[string]string) string {
	// the extract that it is about, without the ends that people leave out or write otherwise
	stem, _, _ := strings.Cut(strings.ToLower(name), ".levering.")
	stem = bare(strings.TrimSuffix(strings.TrimSuffix(stem, ".yaml"), ".yml"))
	var of []string
	for _, x := range extracts {
		if bare(strings.ToLower(x)) == stem {
			of = append(of, x)
		}
	}
	switch {
	case len(of) == 1 && noteOf[of[0]] != "":
		return fmt.Sprintf("bij %s wordt leveringsbrief %s gelezen; haal deze weg", SafeName(of[0]), SafeName(noteOf[of[0]]))
	case len(of) == 1:
		return fmt.Sprintf("een leveringsbrief heet als zijn bestand; geef deze de naam %s", SafeName(of[0]+ingest.NoteSuffix))
	case len(of) > 1:
		return fmt.Sprintf("een leveringsbrief heet als zijn bestand; noem deze naar het bestand waar hij bij hoort (%s), met %s erachter", safeNames(of),
			ingest.NoteSuffix)
	}
	return "leveringsbrief zonder extract; zet het bestand erbij, of geef de brief de naam van zijn bestand met " + ingest.NoteSuffix + " erachter"
}

func bare(name string) string { return strings.TrimSuffix(strings.TrimSuffix(name, ".gz"), ".csv") }
