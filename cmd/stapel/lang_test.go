package main

import (
	"bytes"
	"strings"
	"testing"

	"stapel/pipeline/exit"
)

// TestMisuseIsSaid: what is wrong with a command line, or with a file it names, is said in the language asked for, with what to do, and without
// words of the library or the system.
func TestMisuseIsSaid(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct {
		args   string
		nl, en string
	}{
		{"selct", "stapel: stapel heeft geen opdracht selct; bedoelde u select?", "stapel: stapel has no command selct; did you mean select?"},
		{"zzz", "`stapel --help` noemt ze", "`stapel --help` names them"},
		{"key nw", "stapel key heeft geen opdracht nw", "stapel key has no command nw"},
		{"explain", "zo wordt het aangeroepen: stapel explain HOUSEHOLD", "it is called as: stapel explain HOUSEHOLD"},
		{"run x", "achter stapel run komt niets dan vlaggen", "nothing comes after stapel run but flags"},
		{"run --zzz", "er is geen vlag --zzz; `stapel run --help` noemt ze", "there is no flag --zzz"},
		{"run -z", "er is geen vlag -z; `stapel run --help` noemt ze", "there is no flag -z"},
		{"select --n", "--n heeft een waarde nodig", "--n needs a value"},
		{"select --n veel", "--n wil een geheel getal", "--n wants a whole number"},
		{"run --strict=x", "--strict wil true of false", "--strict wants true or false"},
		{"check " + dir + "/a.csv", dir + "/a.csv is er niet; kijk of de naam klopt", dir + "/a.csv is not there; look at the name"},
		{"quarantine list --data " + dir + "/weg", "er is geen datamap", "there is no data folder"},
		{"version --lang=fr", "gebruik nl of en", ""},
	} {
		for lang, want := range map[string]string{"nl": c.nl, "en": c.en} {
			args := strings.Fields(c.args)
			if lang == "en" {
				args = append([]string{"--lang", "en"}, args...)
			}
			var out, errs bytes.Buffer
			code := run(t.Context(), args, &out, &errs)
			if code == exit.Done || !strings.Contains(errs.String(), want) || strings.Count(errs.String(), "\n") != 1 ||
				strings.Contains(errs.String(), "stat ") || strings.Contains(errs.String(), "arg(s)") {
				t.Errorf("%q in %s: exit %d: %s; want %q", c.args, lang, code, errs.String(), want)
			}
		}
	}
}

// TestCompletion: a shell completes kinds, runs and values of flags, and no household.
func TestCompletion(t *testing.T) {
	data := shared(t, demoRun).data
	for _, c := range []struct {
		args []string
		want string // in what is offered; "": nothing is
	}{
		{[]string{"contract", ""}, "zvw_declaratie\t"}, {[]string{"contract", "claim", ""}, ""}, {[]string{"check", "--kind", ""}, "wonen_signaal\t"},
		{[]string{"diff", "--data", data, ""}, "vorige\n"}, {[]string{"explain", "--data", data, "--run", ""}, "2025-12-31-"},
		{[]string{"select", "--manier", ""}, "verwacht\n"}, {[]string{"run", "--until", ""}, "marts\n"}, {[]string{"explain", "--data", data, ""}, ""},
		{[]string{"explain", "--data", data, "h-"}, ""}, {[]string{"--lang", ""}, "en\n"},
	} {
		var out, errs bytes.Buffer
		if code := run(t.Context(), append([]string{"__complete"}, c.args...), &out, &errs); code != exit.Done {
			t.Fatalf("%q: exit %d: %s", c.args, code, errs.String())
		}
		offered, directive, _ := strings.Cut(out.String(), ":4")
		if !strings.Contains(offered, c.want) || c.want == "" && offered != "" || directive != "\n" || strings.Contains(offered, "h-") {
			t.Errorf("%q offers %q", c.args, out.String())
		}
	}
}
