package main

import (
	"database/sql"
	"errors"
	"os"
	"strings"

	_ "github.com/duckdb/duckdb-go/v2" // the peer; the engine of a run is package duckdb
)

// runDuckDB reads the extract as DuckDB can with comparable care: everything as text, rejects kept, each value tested
// against its form and cast, the reason beside each line. It does not re-key, keeps no physical line numbers, checks no
// totals and looks for no BSNs.
func runDuckDB(file, out string) error {
	if err := os.Remove(out); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	db, err := sql.Open("duckdb", "")
	if err != nil {
		return err
	}
	defer db.Close()
	quote := func(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
	_, err = db.Exec(`copy (
		select persoon_ps, gemeentecode, referentie_nummer, vorig_referentie_nummer, toewijzing_nummer, product_categorie, product_code,
			try_cast(product_begin as date) as product_begin, try_cast(product_eind as date) as product_eind,
			try_cast(geleverd_volume as bigint) as geleverd_volume, eenheid, try_cast(tarief_ct as bigint) as tarief_ct,
			try_cast(bedrag_ct as bigint) as bedrag_ct, try_cast(toegekend_ct as bigint) as toegekend_ct, debet_credit,
			try_cast(dagtekening as date) as dagtekening, aanbieder_agb, declaratie_nummer,
			case
				when not regexp_full_match(persoon_ps, 'v[0-9]+_[0-9a-z]{32,}') then 'persoon_ps'
				when not regexp_full_match(gemeentecode, '(GM)?[0-9]{4}') then 'gemeentecode'
				when referentie_nummer is null then 'referentie_nummer'
				when not regexp_full_match(product_categorie, '0[1-9]|1[0-8]') then 'product_categorie'
				when try_cast(product_begin as date) is null then 'product_begin'
				when try_cast(product_eind as date) is null then 'product_eind'
				when try_cast(product_eind as date) < try_cast(product_begin as date) then 'einde_voor_begin'
				when not regexp_full_match(bedrag_ct, '[0-9]+') then 'bedrag_ct'
				when not regexp_full_match(toegekend_ct, '[0-9]*') then 'toegekend_ct'
				when not regexp_full_match(tarief_ct, '[0-9]*') then 'tarief_ct'
				when not regexp_full_match(geleverd_volume, '[0-9]*') then 'geleverd_volume'
				when dagtekening is not null and try_cast(dagtekening as date) is null then 'dagtekening'
				when eenheid not in ('01', '04', '14', '16', '82', '83', '84') then 'eenheid'
				when debet_credit not in ('D', 'C') then 'debet_credit'
				when not regexp_full_match(toewijzing_nummer, '[0-9]{1,9}') then 'toewijzing_nummer'
				when not regexp_full_match(aanbieder_agb, '[0-9]{8}') then 'aanbieder_agb'
			end as reden
		from read_csv(` + quote(file) + `, delim = ';', header = true, all_varchar = true, quote = '"', store_rejects = true, auto_detect = false,
			columns = {` + "'" + strings.Join(columns, "': 'varchar', '") + "': 'varchar'" + `})
		) to ` + quote(out) + ` (format parquet, compression zstd)`)
	return err
}
