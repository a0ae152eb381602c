package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"stapel/pipeline/dutch"
	"stapel/pipeline/exit"
)

// Languages that messages are in. Help is in English.
const (
	langDutch   = "nl"
	langEnglish = "en"
)

// langOf is the language of a command line, also of one that can't be read.
func langOf(args []string) string {
	for i, a := range args {
		if a == "--" {
			break
		}
		if v, ok := strings.CutPrefix(a, "--lang="); ok && v == langEnglish || a == "--lang" && i+1 < len(args) && args[i+1] == langEnglish {
			return langEnglish
		}
	}
	return langDutch
}

// A message is said in two languages.
type message struct{ en, nl string }

// say is what an error comes to, for whoever called cmd: what is wrong, and what to do. It is in one language from end to end; what has no Dutch
// yet, such as a mistake in the configuration, is in English.
func say(lang string, cmd *cobra.Command, err error) string {
	if m, ok := misused(cmd, err); ok {
		return m.in(lang)
	}
	return plainly(lang, err)
}

// plainly is say of what went wrong while a command was at work.
func plainly(lang string, err error) string {
	text, remedy := plainText(err), ""
	var e *exit.Error
	if errors.As(err, &e) {
		text, remedy = plainText(e.Err), e.Remedy
	}
	if m, ok := ofSystem(err); ok && remedy == "" {
		return m.in(lang)
	}
	if lang == langDutch {
		what, ok := dutch.Say(text)
		do, said := dutch.Say(remedy)
		if ok && (said || remedy == "") {
			text, remedy = what, do
		}
	}
	if remedy != "" {
		text += "; " + remedy
	}
	return text
}

func (m message) in(lang string) string {
	if lang == langEnglish {
		return m.en
	}
	return m.nl
}

// calls are the names of system calls that errors of files begin with.
var calls = regexp.MustCompile(`\b(?:l?stat|open|openat|read|readlink|write|mkdir|rename|remove|unlinkat|chmod)(?: (\S+))?: `)

// plainText is an error without names of system calls.
func plainText(err error) string {
	return calls.ReplaceAllStringFunc(err.Error(), func(call string) string {
		if name := calls.FindStringSubmatch(call)[1]; name != "" {
			return name + ": "
		}
		return ""
	})
}

// troubles are what a file system says no with, and what to do.
var troubles = []struct {
	is     error
	en, nl string
}{
	{fs.ErrNotExist, "%s is not there; look at the name", "%s is er niet; kijk of de naam klopt"},
	{fs.ErrExist, "%s is there already; name another", "%s is er al; noem een andere"},
	{fs.ErrPermission, "%s may not be read or written by you; ask for access to it", "%s mag u niet lezen of schrijven; vraag er toegang toe"},
	{syscall.EISDIR, "%s is a folder; name a file", "%s is een map; noem een bestand"},
	{syscall.ENOTDIR, "%s goes through a file as if it were a folder; look at the name", "%s loopt door een bestand alsof dat een map is; kijk of de naam klopt"},
	{syscall.ENOSPC, "%s does not fit on the disk; make room", "%s past niet meer op de schijf; maak ruimte"},
	{syscall.EDQUOT, "%s does not fit in the quota; make room, or have it raised", "%s past niet meer in het quotum; maak ruimte, of laat het verhogen"},
	{syscall.EFBIG, "%s is larger than a file may be here; raise that limit (ulimit -f), or the quota",
		"%s is groter dan een bestand hier mag zijn; verhoog die grens (ulimit -f), of het quotum"},
	{syscall.EMFILE, "%s can't be opened: too many files are open; raise that limit (ulimit -n)",
		"%s gaat niet open: er staan te veel bestanden tegelijk open; verhoog die grens (ulimit -n)"},
	{syscall.EIO, "%s can't be read or written: the disk fails; have it looked at", "%s is niet te lezen of te schrijven: de schijf hapert; laat hem nakijken"},
	{syscall.EROFS, "%s is on a disk that can't be written to; name another place", "%s staat op een schijf waarop niet geschreven kan worden; noem een andere plaats"},
}

// ofSystem says what a file system had against a name.
func ofSystem(err error) (message, bool) {
	name, why := "", error(nil)
	var p *fs.PathError
	var l *os.LinkError
	switch {
	case errors.As(err, &p):
		name, why = p.Path, p.Err
	case errors.As(err, &l): // a move: what is missing is what was moved, and the rest is said of where it goes
		if name, why = l.New, l.Err; errors.Is(why, fs.ErrNotExist) || errors.Is(why, fs.ErrPermission) {
			name = l.Old
		}
	default:
		return message{}, false
	}
	for _, t := range troubles {
		if errors.Is(why, t.is) {
			return message{fmt.Sprintf(t.en, name), fmt.Sprintf(t.nl, name)}, true
		}
	}
	return message{}, false
}

// What cobra and the flags find wrong with a command line.
var (
	unknownCommand = regexp.MustCompile(`(?s)^unknown command "(.*?)" for "(.*?)"(?:.*Did you mean this\?\s+(\S+))?`)
	wrongCount     = regexp.MustCompile(`^(?:accepts|requires) .*arg\(s\).*received (\d+)$`)
	unknownFlag    = regexp.MustCompile(`^unknown (?:shorthand )?flag: (?:(--[^\s]+)|.* in (-.+))$`)
	noValue        = regexp.MustCompile(`^flag needs an argument: (?:(--[^\s]+)|.* in (-.+))$`)
	badValue       = regexp.MustCompile(`^invalid argument ".*" for "(?:-., )?(--[^"]+)" flag: `)
)

// misused says what is wrong with how a command was called.
func misused(cmd *cobra.Command, err error) (message, bool) {
	text := err.Error()
	use := strings.TrimSuffix(cmd.UseLine(), " [flags]")
	switch {
	case unknownCommand.MatchString(text):
		m := unknownCommand.FindStringSubmatch(text)
		if cmd.HasSubCommands() {
			if m[3] != "" {
				return message{fmt.Sprintf("%s has no command %s; did you mean %s?", m[2], m[1], m[3]),
					fmt.Sprintf("%s heeft geen opdracht %s; bedoelde u %s?", m[2], m[1], m[3])}, true
			}
			return message{fmt.Sprintf("%s has no command %s; `%s --help` names them", m[2], m[1], m[2]),
				fmt.Sprintf("%s heeft geen opdracht %s; `%s --help` noemt ze", m[2], m[1], m[2])}, true
		}
		return message{fmt.Sprintf("nothing comes after %s but flags; it is called as: %s", m[2], use),
			fmt.Sprintf("achter %s komt niets dan vlaggen; zo wordt het aangeroepen: %s", m[2], use)}, true
	case wrongCount.MatchString(text):
		return message{"too much or too little is given; it is called as: " + use, "er is te veel of te weinig gegeven; zo wordt het aangeroepen: " + use}, true
	case unknownFlag.MatchString(text):
		m := unknownFlag.FindStringSubmatch(text)
		return message{fmt.Sprintf("there is no flag %s; `%s --help` names them", m[1]+m[2], cmd.CommandPath()),
			fmt.Sprintf("er is geen vlag %s; `%s --help` noemt ze", m[1]+m[2], cmd.CommandPath())}, true
	case noValue.MatchString(text):
		m := noValue.FindStringSubmatch(text)
		return message{fmt.Sprintf("%s needs a value; `%s --help` says which", m[1]+m[2], cmd.CommandPath()),
			fmt.Sprintf("%s heeft een waarde nodig; `%s --help` zegt welke", m[1]+m[2], cmd.CommandPath())}, true
	case badValue.MatchString(text):
		name := badValue.FindStringSubmatch(text)[1]
		sort := message{"a value of another kind", "een andere waarde"}
		if f := cmd.Flag(strings.TrimPrefix(name, "--")); f != nil {
			switch {
			case slices.Contains([]string{"int", "int64", "int64Slice", "uint64"}, f.Value.Type()):
				sort = message{"a whole number", "een geheel getal"}
			case f.Value.Type() == "bool":
				sort = message{"true or false", "true of false"}
			}
		}
		return message{fmt.Sprintf("%s wants %s", name, sort.en), fmt.Sprintf("%s wil %s", name, sort.nl)}, true
	}
	return message{}, false
}
