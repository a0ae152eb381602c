// Package estimate holds the arithmetic of what is estimated rather than added up: pure functions on slices, with gonum,
// without tables, files, clock or chance. Each names the source of its method. Results depend on the order of their input
// only where they say so, and in the last digits of sums. Amounts are in one unit throughout, what goes in and what comes out;
// callers use eurocents. A share is from 0 to 1. A slice that is given is not changed, but for Shuffle's.
package estimate
