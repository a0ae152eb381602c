package main

import (
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"

	"stapel/pipeline/exit"
)

func newMan(g *globals) *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:   "man",
		Short: "Write manual pages, one for each command",
		Long: `Writes a manual page for stapel and for each of its commands into a folder, in section 1: what --help says, as ` + "`man`" + ` shows it. The Debian package has them.
They are of today, or of the day of SOURCE_DATE_EPOCH (seconds since 1970).

EXIT STATUS
  0  done
  1  failed
  2  usage`,
		Example: "  stapel man --out man1 && man man1/stapel-run.1",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if out == "" {
				return exit.Misuse("name a folder with --out", "there is no folder to write to")
			}
			// of defaults the manual says none of this machine's or this shell's
			root := newRoot(&globals{stdout: g.stdout, stderr: g.stderr})
			root.DisableAutoGenTag = true
			root.InitDefaultCompletionCmd()
			forManual(root)
			if err := os.MkdirAll(out, 0o755); err != nil {
				return err
			}
			return doc.GenManTree(root, &doc.GenManHeader{Title: "STAPEL", Section: "1", Source: "stapel " + version, Manual: "stapel"}, out)
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "folder for the pages")
	return cmd
}

// forManual makes texts of commands what they are on a terminal: a list stays a list.
func forManual(cmd *cobra.Command) {
	cmd.Long = marked(cmd.Long)
	for _, name := range []string{"config", "key-file"} {
		if f := cmd.PersistentFlags().Lookup(name); f != nil {
			f.DefValue = ""
		}
	}
	for _, sub := range cmd.Commands() {
		forManual(sub)
	}
}

// marked is a text as Markdown: lines that begin with blanks are as they stand, and a line of capitals is a heading.
func marked(text string) string {
	var b strings.Builder
	before := ""
	for line := range strings.Lines(text) {
		title := strings.TrimSpace(line)
		heading, _, _ := strings.Cut(title, " (")
		switch {
		case strings.HasPrefix(line, "  "):
			if !strings.HasPrefix(before, "  ") {
				b.WriteString("\n")
			}
			b.WriteString("    " + line)
		case heading != "" && strings.ToUpper(heading) == heading && strings.Trim(heading, "ABCDEFGHIJKLMNOPQRSTUVWXYZ ") == "":
			b.WriteString("\n# " + heading + "\n" + strings.TrimPrefix(title, heading) + "\n")
		default:
			b.WriteString(strings.ReplaceAll(line, "<", `\<`))
		}
		before = line
	}
	return b.String()
}
