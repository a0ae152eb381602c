package notify

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail"

	"stapel/config"
	"stapel/pipeline/trust"
)

// within is how long a program or a server may take for one message.
const within = time.Minute

// Senders are what a configuration names. The error is about a file that it names.
func Senders(set config.NotifySettings) (out []Sender, err error) {
	if len(set.Command) > 0 {
		out = append(out, command(set.Command))
	}
	if set.Mail.Server != "" {
		m := mailer{set: set.Mail}
		if set.Mail.User != "" {
			if m.password, err = trust.Secret("notify.mail.password_file", set.Mail.PasswordFile); err != nil {
				return nil, err
			}
		}
		host, _, err := net.SplitHostPort(set.Mail.Server)
		if err != nil {
			return nil, err
		}
		m.tls = &tls.Config{MinVersion: tls.VersionTLS12, ServerName: host}
		if set.Mail.CAFile != "" {
			if m.tls.RootCAs, err = trust.Signers("notify.mail.ca_file", set.Mail.CAFile); err != nil {
				return nil, err
			}
		}
		out = append(out, m)
	}
	return out, nil
}

// command is a program with its arguments: subject, an empty line and the text are on its standard input.
type command []string

func (command) Name() string { return "opdracht" }

func (c command) Send(ctx context.Context, m Message) error {
	ctx, stop := context.WithTimeout(ctx, within)
	defer stop()
	cmd := exec.CommandContext(ctx, c[0], c[1:]...)
	cmd.Stdin = strings.NewReader(m.Subject + "\n\n" + m.Text)
	cmd.WaitDelay = time.Second
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	err := cmd.Run()
	switch {
	case ctx.Err() != nil:
		return errors.New("the program of notify.command took longer than a minute, and was stopped")
	case err != nil:
		// what it printed is not ours, and may be anything
		return fmt.Errorf("the program of notify.command failed: %w", err)
	}
	return nil
}

// mailer sends mail by SMTP.
type mailer struct {
	set      config.MailSettings
	password string
	tls      *tls.Config
}

func (mailer) Name() string { return "mail" }

func (m mailer) Send(ctx context.Context, msg Message) error {
	host, p, err := net.SplitHostPort(m.set.Server)
	if err != nil {
		return err
	}
	port, err := strconv.Atoi(p)
	if err != nil {
		return err
	}
	opts := []mail.Option{mail.WithPort(port), mail.WithTimeout(within), mail.WithTLSConfig(m.tls)}
	switch m.set.TLS {
	case "none":
		opts = append(opts, mail.WithTLSPolicy(mail.NoTLS))
	case "tls":
		opts = append(opts, mail.WithSSL())
	default:
		opts = append(opts, mail.WithTLSPolicy(mail.TLSMandatory))
	}
	if m.set.User != "" {
		opts = append(opts, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(m.set.User), mail.WithPassword(m.password))
	}
	client, err := mail.NewClient(host, opts...)
	if err != nil {
		return fmt.Errorf("mail: %w", err)
	}
	letter := mail.NewMsg(mail.WithNoDefaultUserAgent())
	if err := errors.Join(letter.From(m.set.From), letter.To(m.set.To...)); err != nil {
		return fmt.Errorf("mail: %w", err)
	}
	letter.Subject(msg.Subject)
	letter.SetDateWithValue(msg.When)
	letter.SetMessageID()
	// so that an out-of-office does not answer (RFC 3834)
	letter.SetGenHeader("Auto-Submitted", "auto-generated")
	letter.SetBodyString(mail.TypeTextPlain, msg.Text)
	if err := client.DialAndSendWithContext(ctx, letter); err != nil {
		return fmt.Errorf("mail could not be sent by %s: %w", m.set.Server, err)
	}
	return nil
}
