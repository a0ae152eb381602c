package config

import (
	"net"
	"net/url"
	"regexp"
	"strings"
)

// plainName is what a catalog, or the beginning of a schema's name, may be: it becomes part of statements.
var plainName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,40}$`)

// validateEngine checks what computes, and where a Trino is when that does.
func (c *Config) validateEngine(bad func(format string, a ...any)) {
	t := c.Settings.Trino
	switch c.Settings.Engine.Kind {
	case EngineDuckDB:
		return
	case EngineTrino:
	default:
		bad("engine.kind: want %s or %s", EngineDuckDB, EngineTrino)
		return
	}
	at, err := url.Parse(t.Address)
	switch {
	case err != nil || at.Scheme != "https" && at.Scheme != "http" || at.Host == "" || at.User != nil || strings.Trim(at.Path, "/") != "" ||
		at.RawQuery != "" || at.Fragment != "":
		bad("trino.address: want https://host:port of the coordinator, and nothing else")
	case at.Scheme == "http" && !loopback(at.Hostname()):
		bad("trino.address: http is for a Trino on this machine; what goes over a network goes over https")
	case at.Scheme == "http" && t.PasswordFile+t.TokenFile != "":
		bad("trino.address: a password or a token is given over https only")
	}
	for _, s := range [][2]string{{"trino.user", t.User}, {"trino.shared_dir", t.SharedDir}, {"trino.location", t.Location}} {
		if s[1] == "" {
			bad("%s: engine.kind: trino wants it; docs/operations.md says what it is", s[0])
		}
	}
	if strings.ContainsAny(t.Location, "'\n") || t.Location != "" && !strings.Contains(t.Location, "://") {
		bad("trino.location: want what the catalog calls trino.shared_dir, as local:///name or s3://bucket/name")
	}
	for _, s := range [][2]string{{"trino.catalog", t.Catalog}, {"trino.schema_prefix", t.SchemaPrefix}} {
		if !plainName.MatchString(s[1]) {
			bad("%s: want lower-case letters, digits and underscores", s[0])
		}
	}
	if t.PasswordFile != "" && t.TokenFile != "" {
		bad("trino.password_file: there is a trino.token_file too; want one of them")
	}
	if t.SortRows < 0 {
		bad("trino.sort_rows: out of range")
	}
}

// loopback is true of a name or address of this machine.
func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
