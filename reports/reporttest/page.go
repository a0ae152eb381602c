package reporttest

import (
	stdhtml "html"
	"regexp"
	"strings"
	"testing"
)

var (
	tag    = regexp.MustCompile(`(?s)<style>.*?</style>|<script>.*?</script>|<svg.*?</svg>|<[^>]*>`)
	tables = regexp.MustCompile(`(?s)<table[^>]*><caption>(.*?)</caption>(.*?)</table>`)
	rows   = regexp.MustCompile(`(?s)<tr[^>]*>(.*?)</tr>`)
	cell   = regexp.MustCompile(`(?s)<t[hd][^>]*>(.*?)</t[hd]>`)
)

// Words are what a reader sees, with single blanks.
func Words(html string) string {
	return strings.Join(strings.Fields(stdhtml.UnescapeString(tag.ReplaceAllString(strings.ReplaceAll(html, "><", "> <"), " "))), " ")
}

// TableOf are the rows of the body of a table whose caption begins with some words.
func TableOf(t testing.TB, page, caption string) (out [][]string) {
	t.Helper()
	for _, m := range tables.FindAllStringSubmatch(page, -1) {
		if !strings.HasPrefix(Words(m[1]), caption) {
			continue
		}
		_, body, _ := strings.Cut(m[2], "<tbody>")
		for _, row := range rows.FindAllStringSubmatch(body, -1) {
			var cells []string
			for _, c := range cell.FindAllStringSubmatch(row[1], -1) {
				cells = append(cells, Words(strings.ReplaceAll(c[1], "<", " <")))
			}
			out = append(out, cells)
		}
		return out
	}
	t.Fatalf("no table %q", caption)
	return nil
}
