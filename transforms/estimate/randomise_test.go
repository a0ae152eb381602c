package estimate

// maize are the differences in height, in eighths of an inch, of Darwin's fifteen pairs, cross-fertilised minus self-fertilised: Fisher, The
// Design of Experiments, 1935, table 3.
var maize = []float64{49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48}
