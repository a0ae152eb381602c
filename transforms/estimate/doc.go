// Package estimate holds the arithmetic of what is estimated rather than added up: pure functions on slices, with gonum,
// without tables, files or clock. What is drawn (bootstraps, randomisation, the directions of max-t, placebos) is drawn from the hash
// of a seed (Stream): equal input and seed give equal results, for any number of threads. Each names the source of its method. Results
// depend on the order of their input only where they say so, and in the last digits of sums. Amounts are in one unit throughout, what
// goes in and what comes out; callers use eurocents. A share is from 0 to 1. A slice that is given is not changed, but for Shuffle's.
package estimate
