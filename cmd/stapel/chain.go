package main

import (
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"stapel/pipeline/evidence/attest"
	"stapel/pipeline/exit"
)

const chainExits = `

EXIT STATUS
  0   done
  1   failed
  2   usage: no data folder, no published run, a file that is no receipt
  11  another run holds the lock
  12  the chain is not what it was, or the timestamp is not one on the request`

func newChain(g *globals) *cobra.Command {
	cmd := &cobra.Command{Use: "chain", Short: "Give the head of the chain of runs to somebody else, and check it later", Args: cobra.NoArgs, RunE: showHelp}
	var nr int
	var ca string
	receipt := &cobra.Command{Use: "receipt", Short: "Write the head of the chain, to mail to the accountant",
		Long: `Writes in <data>/ondertekening/ontvangst the head of the chain as a text to mail, and as a request for a timestamp (RFC 3161, DER)
that any timestamp service takes. Neither holds data about persons.` + chainExits, Args: cobra.NoArgs, RunE: func(*cobra.Command, []string) error {
			return g.locked(g.receipt)
		}}
	check := &cobra.Command{Use: "check FILE", Short: "Hold the chain to a message that somebody kept",
		Long: `Reads a message that stapel chain receipt made and says whether the chain and the register of keys still have that head.` + chainExits,
		Args: cobra.ExactArgs(1), RunE: g.reads(func(_ *cobra.Command, args []string) error { return g.checkReceipt(args[0]) })}
	stamp := &cobra.Command{Use: "stamp FILE", Short: "Keep the answer of a timestamp service",
		Long: `Has openssl hold the answer of a timestamp service to the request that stapel chain receipt wrote, and keeps it beside that. Without
openssl it is kept unchecked, and that is said.` + chainExits,
		Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
			return g.locked(func() error {
				if nr == 0 {
					nr = attest.LastRequest(g.data)
				}
				file, checked, err := attest.Stamp(cmd.Context(), g.data, args[0], nr, ca)
				if err != nil {
					return err
				}
				said := "gecontroleerd met openssl"
				if !checked {
					said = "niet gecontroleerd, want openssl is er niet"
				}
				_, err = fmt.Fprintf(g.stdout, "tijdstempel bewaard als %s, %s\n", filepath.Join(g.data, file), said)
				return err
			})
		}}
	stamp.Flags().IntVar(&nr, "nummer", 0, "number of the chain that it is on; default: the newest request")
	stamp.Flags().StringVar(&ca, "ca", "", "PEM file with the certificates of the timestamp service")
	show := &cobra.Command{Use: "show", Short: "Show the chain of runs",
		Long: `Shows every published run in the order of publication, and whether it is signed. It checks nothing.` + chainExits,
		Args: cobra.NoArgs, RunE: g.reads(func(*cobra.Command, []string) error { return g.showChain() })}
	cmd.AddCommand(show, receipt, check, stamp)
	return cmd
}

func (g *globals) showChain() error {
	r, err := attest.Open(g.data)
	if err != nil {
		return err
	}
	for _, l := range r.Lines {
		signed := "ondertekend"
		if l.Statement == "" {
			signed = "niet ondertekend"
		}
		fmt.Fprintf(g.stdout, "%d  %s  %s  %s  %s\n", l.Nr, l.When, l.Run, l.Sha256[:min(16, len(l.Sha256))], signed)
	}
	return nil
}

func (g *globals) receipt() error {
	r, err := attest.MakeReceipt(g.data)
	if err != nil {
		return err
	}
	g.labelled("bericht", "%s: mail dit aan de accountant", filepath.Join(g.data, r.Text))
	g.labelled("tijdstempel", "%s: stuur dit naar een tijdstempeldienst (RFC 3161)", filepath.Join(g.data, r.Request))
	return nil
}

func (g *globals) checkReceipt(file string) error {
	nr, found, err := attest.CheckReceipt(g.data, file)
	if err != nil {
		return err
	}
	for _, f := range found {
		fmt.Fprintf(g.stdout, "%s: %s %s\n", f.File, f.Text, f.Todo)
	}
	if len(found) > 0 {
		g.code = exit.Difference
		return nil
	}
	_, err = fmt.Fprintf(g.stdout, "de keten heeft de kop van het bericht, nummer %d\n", nr)
	return err
}
