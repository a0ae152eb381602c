package dutch

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// helpers are functions that make an error of a text, and which of their arguments are texts that a user reads.
var helpers = map[string][]int{"Misuse": {0, 1}, "changed": {0, 1}, "Differs": {0}, "Because": {1}}

// template is an expression as a format: what is not a text stands as %s.
func template(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		if s, err := strconv.Unquote(e.Value); err == nil && e.Kind == token.STRING {
			return s
		}
	case *ast.BinaryExpr:
		return template(e.X) + template(e.Y)
	case *ast.ParenExpr:
		return template(e.X)
	case *ast.CallExpr:
		if f, ok := e.Fun.(*ast.SelectorExpr); ok && len(e.Args) > 0 && (f.Sel.Name == "Sprintf" || f.Sel.Name == "Errorf" || f.Sel.Name == "New") {
			return template(e.Args[0])
		}
	}
	return "%s"
}

// said are the texts of errors with an exit code, by where they stand.
func said(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, root := range []string{"../../cmd/stapel", "../../pipeline"} {
		err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(p, ".go") || strings.HasSuffix(p, "_test.go") {
				return err
			}
			set := token.NewFileSet()
			file, err := parser.ParseFile(set, p, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			add := func(e ast.Expr) {
				if s := template(e); strings.ContainsFunc(strings.ReplaceAll(s, "%s", ""), func(r rune) bool { return r >= 'a' && r <= 'z' }) {
					out[s] = set.Position(e.Pos()).String()
				}
			}
			ast.Inspect(file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.CallExpr:
					name := ""
					switch f := n.Fun.(type) {
					case *ast.SelectorExpr:
						name = f.Sel.Name
					case *ast.Ident:
						name = f.Name
					}
					for _, at := range helpers[name] {
						if at < len(n.Args) {
							add(n.Args[at])
						}
					}
				case *ast.CompositeLit:
					if f, ok := n.Type.(*ast.SelectorExpr); ok && f.Sel.Name == "Error" {
						for _, el := range n.Elts {
							if kv, ok := el.(*ast.KeyValueExpr); ok {
								if k, ok := kv.Key.(*ast.Ident); ok && (k.Name == "Err" || k.Name == "Remedy") {
									add(kv.Value)
								}
							}
						}
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}
