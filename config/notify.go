package config

import (
	"net"
	"net/mail"
	"slices"
	"strings"
)

// validate checks who is told, and how.
func (n NotifySettings) validate(bad func(format string, a ...any)) {
	if n.On != NotifyTrouble && n.On != NotifyAlways {
		bad("notify.on: use %s or %s", NotifyTrouble, NotifyAlways)
	}
	if len(n.Command) > 0 && strings.TrimSpace(n.Command[0]) == "" {
		bad("notify.command: the first is the program; want its name")
	}
	m := n.Mail
	if m.Server == "" {
		if m.From != "" || len(m.To) > 0 {
			bad("notify.mail.server: want host:port; without it nothing is mailed")
		}
		return
	}
	host, port, err := net.SplitHostPort(m.Server)
	switch {
	case err != nil || host == "" || port == "":
		bad("notify.mail.server: want host:port")
	case !slices.Contains([]string{"starttls", "tls", "none"}, m.TLS):
		bad("notify.mail.tls: use starttls, tls or none")
	case m.TLS == "none" && !loopback(host):
		bad("notify.mail.tls: none is for a server on this machine; what goes over a network is encrypted")
	case m.TLS == "none" && m.User != "":
		bad("notify.mail.user: a password is not shown without encryption; use starttls or tls")
	}
	if (m.User == "") != (m.PasswordFile == "") {
		bad("notify.mail.password_file: user and password_file go together")
	}
	if len(m.To) == 0 {
		bad("notify.mail.to: want an address; nobody would be told")
	}
	for i, address := range append([]string{m.From}, m.To...) {
		if a, err := mail.ParseAddress(address); err != nil || a.Address != address {
			if i == 0 {
				bad("notify.mail.from: want one address, without a name")
			} else {
				bad("notify.mail.to: entry %d: want one address, without a name", i)
			}
		}
	}
}
