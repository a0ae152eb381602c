package html

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
)

// script sorts tables of class interactief, searches in them and lets what scrolls be reached by key. Pages allow this text and no other,
// by its hash.
//
//go:embed tabel.js
var script string

func scriptText() template.JS { return template.JS(script) }

// scriptHash is the hash of the script as a Content-Security-Policy names it.
func scriptHash() string {
	sum := sha256.Sum256([]byte(script))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}
