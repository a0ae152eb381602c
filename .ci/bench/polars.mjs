// The polars peer of `make bench`: scan a CSV to Parquet, nothing validated.
import pl from 'nodejs-polars'

const [file, out] = process.argv.slice(2)
await pl.scanCSV(file, { sep: ';' }).sinkParquet(out, { compression: 'zstd' }).collect()
