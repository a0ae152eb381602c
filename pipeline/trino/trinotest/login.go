package trinotest

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"os"
	"time"
)

// credentials makes all that a server needs to know its users, and they it, and its address.
func (s *Server) credentials() error {
	s.Address = fmt.Sprintf("http://127.0.0.1:%d", s.port)
	if s.opt.Login == Name {
		return nil
	}
	s.Address = fmt.Sprintf("https://127.0.0.1:%d", s.port)
	s.secret = rand.Text()
	s.CA = s.file("ca.pem")
	if err := s.certificates(); err != nil {
		return err
	}
	if s.opt.Login == Token {
		var err error
		if s.signer, err = rsa.GenerateKey(rand.Reader, 2048); err != nil {
			return err
		}
		public, err := x509.MarshalPKIXPublicKey(&s.signer.PublicKey)
		if err != nil {
			return err
		}
		return os.WriteFile(s.file("token.pem"), pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: public}), 0o600)
	}
	s.Passwords = map[string]string{User: rand.Text(), Other: rand.Text()}
	var lines []byte
	for user, password := range s.Passwords {
		// Trino takes bcrypt, and PBKDF2 with SHA-1, which Go has
		const rounds = 1000
		salt := []byte(rand.Text())
		hash, err := pbkdf2.Key(sha1.New, password, salt, rounds, 32)
		if err != nil {
			return err
		}
		lines = fmt.Appendf(lines, "%s:%d:%x:%x\n", user, rounds, salt, hash)
	}
	return os.WriteFile(s.file("passwords"), lines, 0o600)
}

// certificates makes an authority, which the client trusts alone, and the certificate of all nodes.
func (s *Server) certificates() error {
	template := func(serial int64, name string) *x509.Certificate {
		return &x509.Certificate{SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: name},
			NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour), BasicConstraintsValid: true}
	}
	ca, leaf := template(1, "trinotest CA"), template(2, "trinotest")
	ca.IsCA, ca.KeyUsage = true, x509.KeyUsageCertSign
	leaf.IPAddresses, leaf.ExtKeyUsage = []net.IP{net.IPv4(127, 0, 0, 1)}, []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	caKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	caDER, err := x509.CreateCertificate(rand.Reader, ca, ca, &caKey.PublicKey, caKey)
	if err != nil {
		return err
	}
	der, err := x509.CreateCertificate(rand.Reader, leaf, ca, &key.PublicKey, caKey)
	if err != nil {
		return err
	}
	keyDER, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	server := append(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: keyDER}), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})...)
	if err := os.WriteFile(s.file("server.pem"), server, 0o600); err != nil {
		return err
	}
	authority := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: caDER})
	trusted := x509.NewCertPool()
	trusted.AppendCertsFromPEM(authority)
	s.client.Transport = &http.Transport{TLSClientConfig: &tls.Config{RootCAs: trusted}}
	return os.WriteFile(s.CA, authority, 0o600)
}

// Token is a JWT with which a user can log in until then.
func (s *Server) Token(user string, until time.Time) (string, error) {
	claims, err := json.Marshal(map[string]any{"sub": user, "exp": until.Unix()})
	if err != nil {
		return "", err
	}
	text := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"RS256","typ":"JWT"}`)) + "." + base64.RawURLEncoding.EncodeToString(claims)
	sum := sha256.Sum256([]byte(text))
	signature, err := rsa.SignPKCS1v15(nil, s.signer, crypto.SHA256, sum[:])
	return text + "." + base64.RawURLEncoding.EncodeToString(signature), err
}

// authorize says in a request who asks, in the way of the server.
func (s *Server) authorize(r *http.Request, user string) error {
	switch s.opt.Login {
	case Name:
		r.Header.Set("X-Trino-User", user)
	case Password:
		r.SetBasicAuth(user, s.Passwords[user])
	case Token:
		token, err := s.Token(user, time.Now().Add(time.Minute))
		if err != nil {
			return err
		}
		r.Header.Set("Authorization", "Bearer "+token)
	}
	return nil
}
