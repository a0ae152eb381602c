// Package ingest turns one extract (CSV, optionally gzipped) into typed, re-keyed Parquet, a quarantine file and
// control totals.
//
// It exists because no CSV reader at hand can be signed for by an accountant: they swallow the rest of a file after an
// unterminated quote, guess at ambiguous money, pass NUL bytes, and report logical instead of physical lines. This one
// knows nothing but the contract (config.Contract): no column name stands in Go. It fails closed: header, empty,
// accepted and quarantined records add up to all records, their lines to all physical lines, their bytes to all bytes,
// and their cents to all cents delivered, or reading ends in an error.
//
// # How a file is read
//
// One goroutine reads the bytes and cuts them into blocks at record ends; it looks inside a block only where there is a
// quote. Workers parse, check, type and re-key blocks into columns. A collector takes the results in the order of the
// file, so that totals, quarantine and refusals do not depend on which worker was first. Parquet parts are written by
// whichever worker is free: block i belongs to part i mod parts, and the number of parts follows from the size of the
// file alone, so that the same extract, contract and key give the same bytes on any machine.
//
// # Quoting
//
// A field is quoted when its first byte is a quote; inside it a quote is doubled; it ends at a quote followed by a
// separator, a line end or the end of the file. Anything else (a quote inside an unquoted field, text after a closing
// quote, a quoted field that does not end within Limits.MaxRecordBytes, or a record over several lines that does not
// have the header's number of fields) is broken quoting. Then the first physical line of that record alone goes to
// quarantine and reading goes on at the next physical line: an unterminated quote costs one line, not the file.
package ingest
