"""The polars peer of `make bench`: scan a CSV to Parquet, nothing validated."""
import sys

import polars as pl

file, out = sys.argv[1:]
pl.scan_csv(file, separator=";").sink_parquet(out, compression="zstd")
