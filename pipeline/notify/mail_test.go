package notify

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"io"
	"math/big"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"stapel/config"
)

// postbus is a real SMTP server on this machine that keeps what comes in.
type postbus struct {
	mu       sync.Mutex
	password string // "": it takes mail of anybody
	letters  []letter
}

type letter struct {
	from string
	to   []string
	text string
	tls  bool
}

func (p *postbus) NewSession(c *smtp.Conn) (smtp.Session, error) {
	_, secure := c.TLSConnectionState()
	return &session{bus: p, in: p.password == "", got: letter{tls: secure}}, nil
}

type session struct {
	bus *postbus
	in  bool
	got letter
}

func (s *session) AuthMechanisms() []string { return []string{sasl.Plain} }

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != "stapel" || password != s.bus.password {
			return smtp.ErrAuthFailed
		}
		s.in = true
		return nil
	}), nil
}

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	if !s.in {
		return smtp.ErrAuthRequired
	}
	s.got.from = from
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.got.to = append(s.got.to, to)
	return nil
}

func (s *session) Data(r io.Reader) error {
	text, err := io.ReadAll(r)
	s.got.text = string(text)
	s.bus.mu.Lock()
	defer s.bus.mu.Unlock()
	s.bus.letters = append(s.bus.letters, s.got)
	return err
}

func (s *session) Reset()        { s.got = letter{tls: s.got.tls} }
func (s *session) Logout() error { return nil }

// certificate is one for this machine, with the PEM file that says who signed it.
func certificate(t *testing.T) (tls.Certificate, string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	form := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	der, err := x509.CreateCertificate(rand.Reader, form, form, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, file
}

// serve starts the server and gives its address. With tls "tls" it is encrypted from the first byte, with "starttls" when a client asks, else never.
func (p *postbus) serve(t *testing.T, kind string, own tls.Certificate) string {
	t.Helper()
	s := smtp.NewServer(p)
	s.Domain, s.AllowInsecureAuth = "127.0.0.1", false
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	set := &tls.Config{Certificates: []tls.Certificate{own}}
	switch kind {
	case "tls":
		listener = tls.NewListener(listener, set)
	case "starttls":
		s.TLSConfig = set
	}
	done := make(chan error, 1)
	go func() { done <- s.Serve(listener) }()
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if err := <-done; err != nil && !errors.Is(err, smtp.ErrServerClosed) {
			t.Error(err)
		}
	})
	return listener.Addr().String()
}

// TestMail: a letter comes as it was sent, by every kind of encryption, with a login and without; nothing goes over a line that is not encrypted as the configuration says.
func TestMail(t *testing.T) {
	own, ca := certificate(t)
	password := filepath.Join(t.TempDir(), "wachtwoord")
	if err := os.WriteFile(password, []byte("sesam\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	msg := Message{When: start, Subject: "stapel: run geweigerd: één levering (exit 4)", Text: "Uitkomst: één levering is geweigerd\n.\nDoen: niets\n"}
	for name, c := range map[string]struct {
		server   string // how it is encrypted
		tls      string // how the configuration says
		password string // of the server
		login    bool
		ca       string
		fails    bool
	}{
		"starttls, with a login":            {"starttls", "starttls", "sesam", true, ca, false},
		"tls, with a login":                 {"tls", "tls", "sesam", true, ca, false},
		"this machine, plain":               {"none", "none", "", false, "", false},
		"starttls that the server has not":  {"none", "starttls", "", false, ca, true},
		"a certificate that nobody trusts":  {"starttls", "starttls", "", false, "", true},
		"another password":                  {"starttls", "starttls", "anders", true, ca, true},
		"no login where the server asks it": {"starttls", "starttls", "sesam", false, ca, true},
	} {
		t.Run(name, func(t *testing.T) {
			bus := &postbus{password: c.password}
			set := config.NotifySettings{Mail: config.MailSettings{Server: bus.serve(t, c.server, own), TLS: c.tls, From: "stapel@gemeente.example",
				To: []string{"beheer@gemeente.example", "analist@gemeente.example"}, CAFile: c.ca}}
			if c.login {
				set.Mail.User, set.Mail.PasswordFile = "stapel", password
			}
			senders, err := Senders(set)
			if err != nil || len(senders) != 1 {
				t.Fatal(senders, err)
			}
			err = senders[0].Send(t.Context(), msg)
			if c.fails {
				if err == nil || len(bus.letters) > 0 {
					t.Errorf("it was sent: %v, %d letters", err, len(bus.letters))
				}
				if err != nil && strings.Contains(err.Error(), "sesam") {
					t.Errorf("the password is in %v", err)
				}
				return
			}
			if err != nil || len(bus.letters) != 1 {
				t.Fatalf("%v, %d letters", err, len(bus.letters))
			}
			got := bus.letters[0]
			if got.from != set.Mail.From || strings.Join(got.to, " ") != strings.Join(set.Mail.To, " ") || got.tls != (c.tls != "none") {
				t.Errorf("from %s to %v, encrypted %v", got.from, got.to, got.tls)
			}
			read, err := mail.ReadMessage(strings.NewReader(got.text))
			if err != nil {
				t.Fatal(err)
			}
			subject, text := decoded(t, read)
			if subject != msg.Subject || text != msg.Text || read.Header.Get("Auto-Submitted") != "auto-generated" {
				t.Errorf("%q, %q\n%s", subject, text, got.text)
			}
		})
	}
}

// decoded is what a reader of the letter sees.
func decoded(t *testing.T, m *mail.Message) (subject, text string) {
	t.Helper()
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil {
		t.Fatal(err)
	}
	body := m.Body
	switch m.Header.Get("Content-Transfer-Encoding") {
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	}
	b, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	return subject, strings.ReplaceAll(strings.TrimRight(string(b), "\r\n")+"\n", "\r\n", "\n")
}
