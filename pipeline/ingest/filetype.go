package ingest

import "bytes"

// signatures are the first bytes of files that are no CSV, by which they are told.
var signatures = []struct{ start, what string }{
	{"PK\x03\x04", "een zip-bestand"}, {"PK\x05\x06", "een leeg zip-bestand"}, {"\xd0\xcf\x11\xe0", "een oud Excel- of Word-bestand"},
	{"\x1f\x8b", "een gzip-bestand"}, {"%PDF", "een PDF"}, {"7z\xbc\xaf", "een 7-Zip-bestand"}, {"Rar!", "een RAR-bestand"},
	{"PAR1", "een Parquet-bestand"}, {"SQLite format 3", "een SQLite-database"}, {"-----BEGIN PGP", "een versleuteld bestand (PGP)"},
	{"{\\rtf", "een RTF-document"},
}

// notCSV says what a file is that starts with these bytes and that can't be a CSV; "" when it may be one.
func notCSV(start []byte) (what, remedy string) {
	const asCSV = "lever het als CSV-bestand met puntkomma's (.csv, of gecomprimeerd als .csv.gz)"
	for _, s := range signatures {
		if !bytes.HasPrefix(start, []byte(s.start)) {
			continue
		}
		switch {
		case s.start == "\x1f\x8b":
			return s.what, "noem het bestand .csv.gz"
		case s.start == "PK\x03\x04" && (bytes.Contains(start, []byte("[Content_Types].xml")) || bytes.Contains(start, []byte("xl/"))):
			return "een Excel-bestand", asCSV
		case s.start == "PK\x03\x04":
			return s.what, "pak het uit, en lever het CSV-bestand dat erin zit"
		}
		return s.what, asCSV
	}
	text := bytes.ToLower(bytes.TrimLeft(start[:min(len(start), 1024)], " \t\r\n"))
	switch {
	case bytes.HasPrefix(text, []byte("<!doctype html")), bytes.HasPrefix(text, []byte("<html")):
		return "een webpagina (HTML)", "haal het bestand opnieuw op (is de sessie verlopen?) en lever het CSV-bestand zelf"
	case bytes.HasPrefix(text, []byte("<?xml")), bytes.HasPrefix(text, []byte("<")):
		return "een XML-bestand", asCSV
	case bytes.HasPrefix(text, []byte("{")), bytes.HasPrefix(text, []byte("[{")):
		return "een JSON-bestand", asCSV
	}
	return "", ""
}
