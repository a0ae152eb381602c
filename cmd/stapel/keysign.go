package main

import (
	"bytes"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"stapel/pipeline/evidence/attest"
	"stapel/pipeline/exit"
	"stapel/pipeline/lake"
)

func newKeySign(g *globals) *cobra.Command {
	cmd := &cobra.Command{Use: "sign", Short: "Manage the keys that sign what is published",
		Long: "The keys that sign what is published, and the register that says which counts for which runs (docs/evidence.md)." + signExits, Args: cobra.NoArgs, RunE: showHelp}
	var out string
	opt := attest.KeyOptions{}
	sub := func(use, short, long string, do func() error) *cobra.Command {
		c := &cobra.Command{Use: use, Short: short, Long: long + signExits, Args: cobra.NoArgs, RunE: func(*cobra.Command, []string) error {
			opt.Data = g.data
			return do()
		}}
		c.Flags().StringVar(&opt.File, "file", "", "file of the private key (PKCS#8 PEM, mode 0600); not in the data folder")
		cmd.AddCommand(c)
		return c
	}
	made := func(key attest.PublicKey, err error) error {
		if err == nil {
			_, err = fmt.Fprintf(g.stdout, "ondertekensleutel gemaakt, kenmerk %s\n", key.ID)
		}
		return err
	}
	c := sub("new", "Make the first signing key", `Makes an ed25519 key, writes the private one to --file and puts the public one in the register of
the data folder
(ondertekening/sleutels.jsonl). Name the file in signing.key_file, and runs are signed. With --verloren it comes instead of a key that was lost and
can't vouch for it: who checks has to hear the new kenmerk in another way.`, func() error {
		return g.locked(func() error { return made(attest.NewKey(opt)) })
	})
	c.Flags().BoolVar(&opt.Lost, "verloren", false, "the key in use was lost")
	c.Flags().StringVar(&opt.Why, "reden", "", "with --verloren: what happened; kept in the register")
	c = sub("rotate", "Replace the signing key by a new one", `Makes a new key in --new and signs it with the one in use, of --file, which signs no more.
What it signed stays signed.`, func() error {
		return g.locked(func() error { return made(attest.RotateKey(opt)) })
	})
	c.Flags().StringVar(&opt.New, "new", "", "file for the new private key")
	c.Flags().StringVar(&opt.Why, "reden", "", "why; kept in the register")
	c = sub("revoke", "Say that a key counts no more", `Says in the register, signed by the key in use of --file, that a key counts no more: from now on,
or from a number of the chain on that lies in the past. What it signed before that number stays signed.`, func() error {
		return g.locked(func() error {
			key, err := attest.RevokeKey(opt)
			if err == nil {
				_, err = fmt.Fprintf(g.stdout, "ondertekensleutel ingetrokken, kenmerk %s\n", key)
			}
			return err
		})
	})
	c.Flags().StringVar(&opt.Key, "sleutel", "", "kenmerk of the key; default: the one in use")
	c.Flags().IntVar(&opt.From, "vanaf", 0, "number of the chain from which on it does not count; default: from now on")
	c.Flags().StringVar(&opt.Why, "reden", "", "why; kept in the register")
	publish := &cobra.Command{Use: "publish", Short: "Show the public keys, for who checks",
		Long: `Shows which keys may sign which numbers of the chain. With --uit it writes the public key in use as PEM, for the
accountant and for openssl.` + signExits, Args: cobra.NoArgs, RunE: g.reads(func(*cobra.Command, []string) error { return g.publishKeys(out) })}
	publish.Flags().StringVar(&out, "uit", "", "file for the public key in use (SubjectPublicKeyInfo, PEM)")
	cmd.AddCommand(publish)
	return cmd
}

const signExits = `

EXIT STATUS
  0   done
  1   failed
  2   usage: no such key, a file that is there, a key that others can read, no reason
  11  another run holds the lock
  12  the register of signing keys was changed`

// locked does something to the data folder that no run may come between.
func (g *globals) locked(do func() error) (err error) {
	if err := g.hasData(); err != nil {
		return err
	}
	lock, err := (&lake.Lake{Root: g.data}).Lock()
	if err != nil {
		return err
	}
	defer lock.Unlock()
	return do()
}

func (g *globals) publishKeys(out string) error {
	keys, err := attest.KeyStates(g.data)
	if err != nil {
		return err
	}
	if len(keys) == 0 {
		return exit.Misuse("make one with `stapel key sign new`", "there is no signing key in this data folder")
	}
	var active *attest.KeyState
	for i, k := range keys {
		use := fmt.Sprintf("in gebruik, vanaf nummer %d", k.From)
		switch {
		case k.Ended == "":
			active = &keys[i]
		case k.Last < k.From:
			use = k.Ended + ", geldt voor geen nummer"
		default:
			use = fmt.Sprintf("%s, geldt van nummer %d tot en met %d", k.Ended, k.From, k.Last)
		}
		fmt.Fprintf(g.stdout, "%s  %s\n", k.ID, use)
	}
	if out == "" {
		return nil
	}
	if active == nil {
		return exit.Misuse("make one with `stapel key sign new`", "there is no signing key in use")
	}
	return lake.WriteOut(out, func(w io.Writer) error {
		_, err := io.Copy(w, bytes.NewReader(active.PEM()))
		return err
	}, "name another")
}
