// Package trust reads what a connection with another machine is trusted by: a secret that is shown to it, and the certificates of who signed its own.
package trust

import (
	"crypto/x509"
	"fmt"
	"os"
	"strings"

	"stapel/pipeline/exit"
)

// Secret reads a password or a token, which others may not read; key is the setting that names the file.
func Secret(key, file string) (string, error) {
	const remedy = "put the secret on one line of a file of its own, with mode 0600"
	st, err := os.Stat(file)
	switch {
	case err != nil:
		return "", exit.Misuse(remedy, "%s: there is no file there that can be read", key)
	case !st.Mode().IsRegular():
		return "", exit.Misuse(remedy, "%s: it is no plain file", key)
	case st.Mode().Perm()&0o077 != 0:
		return "", exit.Misuse(remedy, "%s: others may read it (mode %s)", key, fmt.Sprintf("%04o", st.Mode().Perm()))
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return "", exit.Misuse(remedy, "%s: there is no file there that can be read", key)
	}
	text := strings.TrimRight(string(data), "\r\n")
	if text == "" || strings.ContainsAny(text, "\r\n") {
		return "", exit.Misuse(remedy, "%s: it has no line, or more than one", key)
	}
	return text, nil
}

// Signers reads whom to trust as a signer of a certificate, from a PEM file; key is the setting that names it.
func Signers(key, file string) (*x509.CertPool, error) {
	const remedy = "name a PEM file with the certificate of who signed that of the server"
	pem, err := os.ReadFile(file)
	if err != nil {
		return nil, exit.Misuse(remedy, "%s: there is no file there that can be read", key)
	}
	trusted := x509.NewCertPool()
	if !trusted.AppendCertsFromPEM(pem) {
		return nil, exit.Misuse(remedy, "%s: there is no certificate in it", key)
	}
	return trusted, nil
}
