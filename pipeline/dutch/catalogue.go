package dutch

import "maps"

// parts of the catalogue, each in a file of its subject: a text is in one of them.
var parts = []map[string]string{commandLine, folder, runs, jobs, evidence, households, choices, samples, bundles, estimators, synthetic}

// catalogue has the Dutch of every text of an error with an exit code, by its English format; values stand in the same order in both.
var catalogue = func() map[string]string {
	all := map[string]string{}
	for _, part := range parts {
		maps.Copy(all, part)
	}
	return all
}()
