// Parses every .sql file below the folders given with the Trino grammar of dt-sql-parser. Exit 1 when one does not parse.
import { TrinoSQL } from 'dt-sql-parser'
import fs from 'node:fs'
import path from 'node:path'

const parser = new TrinoSQL()

// A grammar that accepts everything would lint nothing: what only DuckDB accepts has to be refused.
for (const foreign of ['select a::bigint from t', 'select * exclude (a) from t', 'select a // b from t']) {
  if (parser.validate(foreign).length === 0) {
    console.error(`the grammar accepts "${foreign}"; it can't be the Trino grammar`)
    process.exit(1)
  }
}

let files = 0
let bad = 0
for (const dir of process.argv.slice(2)) {
  for (const name of fs.readdirSync(dir).sort()) {
    if (!name.endsWith('.sql')) continue
    const file = path.join(dir, name)
    const text = fs.readFileSync(file, 'utf8')
    files++
    for (const e of parser.validate(text)) {
      bad++
      console.error(`${file}:${e.startLine}:${e.startColumn}: ${e.message}`)
    }
  }
}
console.log(`${files} models parsed with the Trino grammar, ${bad} errors`)
process.exit(files === 0 || bad > 0 ? 1 : 0)
