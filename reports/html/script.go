package html

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
)

//go:embed tabel.js
var script string

// ScriptText sorts tables of class interactief and searches in them. Pages allow this text and no other, by its hash.
func ScriptText() template.JS { return template.JS(script) }

// ScriptHash is its hash as a Content-Security-Policy names it.
func ScriptHash() string {
	sum := sha256.Sum256([]byte(script))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}
