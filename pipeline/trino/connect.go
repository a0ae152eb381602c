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
	"stapel/pipeline/trust"
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

// answerWithin is how long a Trino may take to say that it is there.
const answerWithin = 15 * time.Second

// statementWithin is how long a statement may take. It is Trino's to bound that; the driver would stop after ten hours.
const statementWithin = 30 * 24 * time.Hour

// maxStages is how many stages a statement may have; a model over all kinds has some hundred and fifty, which is where Trino draws the line.
const maxStages = "400"

// configure makes a client of the driver that goes to the address of the options and nowhere else, with the secrets that they name. These are in no
// message.
func configure(opt Options, schema string) (*client.Config, error) {
	at, err := url.Parse(opt.Address)
	if err != nil {
		return nil, err
	}
	within := statementWithin
	conf := &client.Config{Source: "stapel", Catalog: opt.Catalog, Schema: schema, TimeZone: "UTC", QueryTimeout: &within,
		SessionProperties: map[string]string{opt.Catalog + ".compression_codec": "ZSTD", "query_max_stage_count": maxStages}}
	who := url.User(opt.User)
	if opt.PasswordFile != "" {
		password, err := trust.Secret("trino.password_file", opt.PasswordFile)
		if err != nil {
			return nil, err
		}
		who = url.UserPassword(opt.User, password)
	}
	conf.ServerURI = (&url.URL{Scheme: at.Scheme, User: who, Host: at.Host}).String()
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	if opt.CAFile != "" {
		trusted, err := trust.Signers("trino.ca_file", opt.CAFile)
		if err != nil {
			return nil, err
		}
		transport.TLSClientConfig.RootCAs = trusted
	}
	conf.HTTPClient = &http.Client{Transport: &guard{at: at, token: opt.TokenFile, next: transport}}
	return conf, nil
}

// guard lets requests go to one address only: where a statement goes on is what the server says, and the driver shows its secret there. A token is
// read for every request, so that one that is replaced in time lets a long run go on.
type guard struct {
	at    *url.URL
	token string // file
	next  http.RoundTripper
}

func (g *guard) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Scheme != g.at.Scheme || r.URL.Host != g.at.Host {
		return nil, fmt.Errorf("it sends on to %s://%s, which is not trino.address; a proxy before it has to forward where it is, and Trino to believe it "+
			"(http-server.process-forwarded=true)", r.URL.Scheme, r.URL.Host)
	}
	if g.token != "" {
		token, err := trust.Secret("trino.token_file", g.token)
		if err != nil {
			return nil, err
		}
		r = r.Clone(r.Context())
		r.Header.Set("Authorization", "Bearer "+token)
	}
	return g.next.RoundTrip(r)
}

// octal is who may do what with a file, as chmod has it.
func octal(mode os.FileMode) string { return fmt.Sprintf("%04o", mode.Perm()) }

// connect opens connections of the driver to a Trino that answers, and gives its version.
func connect(ctx context.Context, opt Options, schema string) (*sql.DB, string, error) {
	conf, err := configure(opt, schema)
	if err != nil {
		return nil, "", err
	}
	version, err := hello(ctx, opt, conf.HTTPClient)
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
func hello(ctx context.Context, opt Options, by *http.Client) (version string, err error) {
	ctx, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimRight(opt.Address, "/")+"/v1/info", nil)
	if err != nil {
		return "", err
	}
	resp, err := by.Do(req)
	if err != nil {
		var misuse *exit.Error
		if errors.As(err, &misuse) {
			return "", misuse
		}
		return "", fmt.Errorf("no Trino answers at trino.address (%s): %w", opt.Address, withoutURL(err))
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

// withoutURL is what went wrong with a request, without where it went: who has the address of a statement can ask for its rows.
func withoutURL(err error) error {
	var at *url.Error
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}
