package inbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"

	"stapel/config"
	"stapel/pipeline/control"
	"stapel/pipeline/exit"
	"stapel/pipeline/lake"
)

// Input is a delivery as a manifest has it.
func (d *Delivery) Input() (control.Input, error) {
	in := control.Input{Kind: d.Kind, File: d.Name, Sha256: d.Sha256, Bytes: d.Bytes, NoteSha256: d.NoteSha256, Status: d.Status}
	if d.Extract != nil {
		in.Lines, in.Accepted, in.Quarantined = d.Extract.Geleverd.Records, d.Extract.Aanvaard.Records, d.Extract.Quarantaine.Records
		in.CountedCt = d.Extract.Geleverd.Cent
	}
	if d.Status == Accepted {
		return in, nil
	}
	var errs [3]error
	if d.Note != nil {
		in.Note, errs[0] = json.Marshal(d.Note)
	}
	if d.Refusal != nil {
		in.Refusal, errs[1] = json.Marshal(d.Refusal)
	}
	if d.Extract != nil {
		in.Extract, errs[2] = json.Marshal(d.Extract)
	}
	return in, errors.Join(errs[:]...)
}

// Listed is a delivery as a manifest lists it: without path, note and extract.
func Listed(in control.Input) *Delivery {
	return &Delivery{Kind: in.Kind, Name: in.File, Sha256: in.Sha256, Bytes: in.Bytes, NoteSha256: in.NoteSha256, Status: in.Status}
}

// Again are the deliveries of a run without the inbox: as its manifest has them, with what the lake has of each that was accepted. They have no path.
func Again(inputs []control.Input, cfg *config.Config, l *lake.Lake) (all []*Delivery, err error) {
	for _, in := range inputs {
		d := Listed(in)
		switch {
		case cfg.Contracts[d.Kind] == nil:
			return nil, exit.Misuse("give the --config of that run", "there is no contract of kind %s any more", d.Kind)
		case d.Status == Accepted:
			known, err := Kept(l, d.Kind, d.Sha256)
			if errors.Is(err, fs.ErrNotExist) {
				return nil, exit.Misuse("read it again from the inbox", "the lake no longer has %s", d.Name)
			}
			if err != nil {
				return nil, err
			}
			d.Extract, d.Note = known.Extract, known.Extract.Note
		case in.NoteSha256 != "" && in.Note == nil && in.Refusal == nil:
			return nil, exit.Misuse("read it again from the inbox", "the manifest is of before it had the delivery note of %s", d.Name)
		default:
			if err := d.NotAccepted(in); err != nil {
				return nil, err
			}
		}
		all = append(all, d)
	}
	Order(all)
	return all, nil
}

// NotAccepted takes from a manifest what the lake does not have of a delivery that was not accepted: its note, why it was
// refused, and what was read of it.
func (d *Delivery) NotAccepted(in control.Input) error {
	if err := errors.Join(unmarshal(in.Note, &d.Note), unmarshal(in.Refusal, &d.Refusal), unmarshal(in.Extract, &d.Extract)); err != nil {
		return fmt.Errorf("%s in the manifest: %w", d.Name, err)
	}
	return nil
}

// unmarshal reads what is there; nothing is nothing.
func unmarshal(data []byte, v any) error {
	if data == nil {
		return nil
	}
	return json.Unmarshal(data, v)
}
