// Package estimate holds the arithmetic of what is estimated rather than added up: pure functions on slices, with gonum,
// without tables, files, clock or chance. Each names the source of its method. Results depend on the order of their input
// only where they say so.
package estimate
