package trino

import (
	"context"
	"crypto/tls"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	client "github.com/trinodb/trino-go-client/trino"

	"stapel/pipeline/exit"
)

// Options say where the Trino is, who asks, and what both sides can see.
type Options struct {
	Address      string // https://host:port of the coordinator; http:// only on this machine
	User         string // whom Trino knows
	PasswordFile string // file with the user's password; "": none
	TokenFile    string // file with a JWT; "": none
	CAFile       string // PEM file of who signed the coordinator's certificate; "": whom the machine trusts
	Catalog      string // Hive catalog that reads and writes below Location
	SchemaPrefix string // of the schema of a run
	SharedDir    string // folder that stapel and every node of Trino see
	Location     string // what the catalog calls that folder: local:///, s3://bucket/folder
	SortRows     int64  // a mart of more rows is put in order, and written, by Trino; 0: none is
	Ledger       string // file in the data folder with the schemas that were not dropped yet
}

// answerWithin is how long a Trino may take to say that it is there; statements of a run have no such bound.
const answerWithin = 15 * time.Second

// maxStages is how many stages a statement may have; a model over all kinds has some hundred and fifty, which is where Trino draws the line.
const maxStages = "400"

// configure reads the secrets and makes a client of the driver that knows them. They are in no message.
func configure(opt Options, schema string) (*client.Config, error) {
	at, err := url.Parse(opt.Address)
	if err != nil {
		return nil, err
	}
	conf := &client.Config{Source: "stapel", Catalog: opt.Catalog, Schema: schema, TimeZone: "UTC", SSLCertPath: opt.CAFile,
		SessionProperties: map[string]string{opt.Catalog + ".compression_codec": "ZSTD", "query_max_stage_count": maxStages}}
	who := url.User(opt.User)
	if opt.PasswordFile != "" {
		password, err := secret("trino.password_file", opt.PasswordFile)
		if err != nil {
			return nil, err
		}
		who = url.UserPassword(opt.User, password)
	}
	if opt.TokenFile != "" {
		if conf.AccessToken, err = secret("trino.token_file", opt.TokenFile); err != nil {
			return nil, err
		}
	}
	conf.ServerURI = (&url.URL{Scheme: at.Scheme, User: who, Host: at.Host}).String()
	return conf, nil
}

// secret reads a password or a token, which others may not read.
func secret(key, file string) (string, error) {
	const remedy = "put the secret on one line of a file of its own, with mode 0600"
	st, err := os.Stat(file)
	if err != nil {
		return "", exit.Misuse(remedy, "%s: %w", key, err)
	}
	if !st.Mode().IsRegular() || st.Mode().Perm()&0o077 != 0 {
		return "", exit.Misuse(remedy, "%s: others may read it (mode %04o)", key, st.Mode().Perm())
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return "", exit.Misuse(remedy, "%s: %w", key, err)
	}
	text := strings.TrimRight(string(data), "\r\n")
	if text == "" || strings.ContainsAny(text, "\r\n") {
		return "", exit.Misuse(remedy, "%s: it has no line, or more than one", key)
	}
	return text, nil
}

// connect opens connections of the driver to a Trino that answers, and gives its version.
func connect(ctx context.Context, opt Options, schema string) (*sql.DB, string, error) {
	conf, err := configure(opt, schema)
	if err != nil {
		return nil, "", err
	}
	version, err := hello(ctx, opt, conf)
	if err != nil {
		return nil, "", err
	}
	connector, err := client.NewConnector(conf)
	if err != nil {
		return nil, "", err
	}
	return sql.OpenDB(connector), version, nil
}

// hello asks a Trino whether it is there: the driver would go on asking for two minutes.
func hello(ctx context.Context, opt Options, conf *client.Config) (version string, err error) {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	if strings.HasPrefix(opt.Address, "https:") {
		var tlsConf *tls.Config
		if tlsConf, err = conf.TLSConfig(); err != nil {
			return "", fmt.Errorf("trino.ca_file: %w", err)
		}
		transport.TLSClientConfig = tlsConf
	}
	defer transport.CloseIdleConnections()
	ctx, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimRight(opt.Address, "/")+"/v1/info", nil)
	if err != nil {
		return "", err
	}
	resp, err := (&http.Client{Transport: transport}).Do(req)
	if err != nil {
		if cause := errors.Unwrap(err); cause != nil {
			err = cause // without the address in front, which the message has already
		}
		return "", fmt.Errorf("no Trino answers at trino.address (%s): %w", opt.Address, err)
	}
	defer resp.Body.Close()
	var info struct {
		NodeVersion struct{ Version string } `json:"nodeVersion"`
		Starting    bool                     `json:"starting"`
	}
	if err := json.NewDecoder(io.LimitReader(resp.Body, 1<<16)).Decode(&info); err != nil || info.NodeVersion.Version == "" {
		return "", fmt.Errorf("what answers at trino.address (%s) is no Trino", opt.Address)
	}
	if info.Starting {
		return "", fmt.Errorf("the Trino at trino.address (%s) is still starting; try again in a minute", opt.Address)
	}
	return info.NodeVersion.Version, nil
}
