// Package docs is the pages that a bundle for an accountant takes along, as they are on the day that stapel is built.
package docs

import "embed"

// Pages are for who has a bundle and nothing else: how to check it, and what figures mean.
//
//go:embed accountant.md evidence.md extracts.md ledger.md marts.md methods.md sampling.md trace.md verify.md
var Pages embed.FS
