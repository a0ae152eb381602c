package attest

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/secure-systems-lab/go-securesystemslib/dsse"

	"stapel/config"
	"stapel/pipeline/exit"
	"stapel/pipeline/lake"
)

// Events of a signing key.
const (
	KeyNew     = "nieuw"       // a first key, or one after a key that was revoked or lost: nobody vouches for it but itself
	KeyRotated = "vervangen"   // a new key, signed by the one it replaces
	KeyRevoke  = "ingetrokken" // a key that counts no more from some place in the chain on
)

// KeyEntry is a line of the register of keys. It is signed by the key before it: of a first key by itself.
type KeyEntry struct {
	Nr        int    `json:"volgnummer"` // from 1
	When      string `json:"tijd"`       // RFC 3339
	Event     string `json:"gebeurtenis"`
	Key       string `json:"sleutel"`                     // kenmerk of the key that comes, or of the one that is revoked
	Public    string `json:"publiek,omitempty"`           // of one that comes: SubjectPublicKeyInfo in DER, base64
	Ends      string `json:"beeindigt,omitempty"`         // kenmerk of the key that signs no more
	Last      int    `json:"geldig_tot_en_met,omitempty"` // last number of the chain at which that key counts; 0: none
	Chain     Head   `json:"keten"`                       // as it was then; Sha256 is that of the last line
	Why       string `json:"reden,omitempty"`
	Previous  string `json:"vorige_sha256,omitempty"` // of the line before, without its end
	By        string `json:"ondertekend_door"`
	Signature string `json:"handtekening,omitempty"` // ed25519 over the DSSE PAE of this line without this field, base64
}

const keyPayloadType = "application/vnd.stapel.sleutel+json"

// signed is what the signature is over.
func (e KeyEntry) signed() []byte {
	e.Signature = ""
	data, err := json.Marshal(e)
	if err != nil {
		panic("an entry of texts can't fail to marshal: " + err.Error())
	}
	return dsse.PAE(keyPayloadType, data)
}

// period is what the register says about a key.
type period struct {
	key   PublicKey
	from  int    // number of the chain after which it signs
	ended bool   // it signs no more
	last  int    // of one that ended: the last number at which it counts
	how   string // it ended
	by    string // kenmerk of the key that vouches for it; its own for a first one
}

// keyring is the register as it was read, with what is wrong in it.
type keyring struct {
	of       map[string]*period
	active   string // kenmerk of the key that signs now; "": none
	findings []Finding
}

// readKeys goes through the register. A line that is wrong is named and counts for nothing.
func (r *Register) readKeys() keyring {
	ring := keyring{of: map[string]*period{}}
	previous, doubt := "", false // doubt: the line before was wrong, and what the next one says of it says nothing
	for i, line := range r.keys.lines {
		var e KeyEntry
		why := ""
		switch {
		case !r.keys.parse(i, &e):
			why = "is niet te lezen of is anders geschreven dan stapel het doet"
		default:
			why = ring.add(e, previous, doubt)
		}
		if why != "" {
			ring.findings = append(ring.findings, Finding{Kind: KeyRegister, File: lake.KeyRegisterName, Line: i + 1,
				Text: fmt.Sprintf("Regel %d van het sleutelregister %s.", i+1, why), Todo: putBack})
		}
		previous, doubt = sum(line), why != ""
	}
	if r.keys.torn {
		ring.findings = append(ring.findings, Finding{Kind: KeyRegister, File: lake.KeyRegisterName, Line: len(r.keys.lines) + 1,
			Text: "De laatste regel van het sleutelregister is afgebroken.", Todo: putBack})
	}
	return ring
}

// fault is an error when something is wrong in the register: nothing is signed by it then.
func (k *keyring) fault() error {
	if len(k.findings) == 0 {
		return nil
	}
	return &exit.Error{Code: exit.Difference, Err: errors.New("the register of signing keys was changed"), Remedy: "put back ondertekening/sleutels.jsonl from a copy"}
}

const putBack = "Zet het bestand terug uit een kopie en zoek uit wie het veranderde."

// add takes in an entry, or says in Dutch why not.
func (k *keyring) add(e KeyEntry, previous string, doubt bool) (why string) {
	by := PublicKey{}
	var public PublicKey
	if e.Public != "" {
		der, err := base64.StdEncoding.Strict().DecodeString(e.Public)
		if err == nil {
			public, err = parsePublic(der)
		}
		if err != nil || public.ID != e.Key {
			return "noemt een andere sleutel dan erin staat"
		}
	}
	if e.Event == KeyNew {
		by = public
	} else if p := k.of[e.By]; p != nil {
		by = p.key
	}
	sig, err := base64.StdEncoding.Strict().DecodeString(e.Signature)
	if err != nil || by.key == nil || by.ID != e.By || by.Verify(nil, e.signed(), sig) != nil {
		return "heeft geen goede handtekening"
	}
	if e.Previous != previous && !doubt {
		return "volgt niet op de regel ervoor: er is een regel weggehaald of verplaatst"
	}
	ends := k.of[e.Ends]
	switch {
	case e.Event != KeyNew && e.By != k.active, e.Event == KeyNew && k.active != "" && e.Ends != k.active, e.Event == KeyRotated && e.Ends != k.active,
		e.Event != KeyRevoke && (public.key == nil || k.of[e.Key] != nil), e.Event == KeyRevoke && (e.Key != e.Ends || ends == nil),
		e.Event != KeyNew && e.Event != KeyRotated && e.Event != KeyRevoke, e.Ends != "" && ends == nil, e.Last > e.Chain.Lines:
		return "kan niet op de regels ervoor volgen"
	}
	if ends != nil {
		if !ends.ended || e.Last < ends.last {
			ends.last = e.Last
		}
		ends.ended, ends.how = true, e.Event
		if e.Ends == k.active {
			k.active = ""
		}
	}
	if e.Event != KeyRevoke {
		k.of[e.Key] = &period{key: public, from: e.Chain.Lines, by: e.By}
		k.active = e.Key
	}
	return ""
}

// vouched are the keys that a trusted one vouches for, itself included.
func (k *keyring) vouched(trusted []PublicKey) map[string]bool {
	out := map[string]bool{}
	for _, t := range trusted {
		out[t.ID] = true
	}
	for again := true; again; {
		again = false
		for id, p := range k.of {
			if !out[id] && out[p.by] {
				out[id], again = true, true
			}
		}
	}
	return out
}

// KeyOptions say what happens to a signing key. The caller holds the lock of the data folder.
type KeyOptions struct {
	Data string
	File string // of the key that signs now: new makes it
	New  string // rotate: the file of the key that comes
	Why  string // rotate and revoke need it
	Lost bool   // new: the key in use was lost, so that it can't vouch for this one
	Key  string // revoke: kenmerk of the key; "": the one in use
	From int    // revoke: number of the chain from which on it does not count; 0: from now on
	Now  func() time.Time
}

// NewKey makes a first key, or one after a key that was revoked or lost.
func NewKey(opt KeyOptions) (PublicKey, error) {
	r, ring, err := opt.open()
	if err != nil {
		return PublicKey{}, err
	}
	switch {
	case ring.active != "" && !opt.Lost:
		return PublicKey{}, exit.Misuse("replace it with `stapel key sign rotate`, or say with --verloren and --reden that it was lost", "there is a signing key in use")
	case ring.active == "" && opt.Lost:
		return PublicKey{}, exit.Misuse("leave --verloren out", "there is no signing key in use that can be lost")
	case opt.Lost && opt.Why == "":
		return PublicKey{}, needWhy()
	}
	s, err := opt.make(opt.File)
	if err != nil {
		return PublicKey{}, err
	}
	e := KeyEntry{Event: KeyNew, Key: s.ID, Ends: ring.active}
	return s.PublicKey, r.register(opt, s, s, e)
}

// RotateKey replaces the key in use by a new one, which the one in use signs.
func RotateKey(opt KeyOptions) (PublicKey, error) {
	r, ring, err := opt.open()
	if err != nil {
		return PublicKey{}, err
	}
	if opt.Why == "" {
		return PublicKey{}, needWhy()
	}
	old, err := opt.signer(ring)
	if err != nil {
		return PublicKey{}, err
	}
	s, err := opt.make(opt.New)
	if err != nil {
		return PublicKey{}, err
	}
	return s.PublicKey, r.register(opt, old, s, KeyEntry{Event: KeyRotated, Key: s.ID, Ends: old.ID})
}

// RevokeKey says that a key counts no more from some place in the chain on, signed by the key in use. It returns the kenmerk.
func RevokeKey(opt KeyOptions) (string, error) {
	r, ring, err := opt.open()
	if err != nil {
		return "", err
	}
	if opt.Why == "" {
		return "", needWhy()
	}
	s, err := opt.signer(ring)
	if err != nil {
		return "", err
	}
	key := opt.Key
	if key == "" {
		key = s.ID
	}
	if ring.of[key] == nil {
		return "", exit.Misuse("`stapel key sign publish` shows those there are", "the register has no key with that kenmerk")
	}
	if opt.From < 0 || opt.From > r.Head().Lines+1 {
		return "", exit.Misuse("`stapel chain show` shows them", "--vanaf is no number of the chain")
	}
	return key, r.register(opt, s, nil, KeyEntry{Event: KeyRevoke, Key: key, Ends: key})
}

func needWhy() error {
	return exit.Misuse("say it with --reden: it is kept in the register", "it is not said why")
}

func (opt KeyOptions) open() (*Register, keyring, error) {
	if opt.Why != "" {
		if bad := config.CheckLine(opt.Why, config.MaxReason); bad != "" {
			return nil, keyring{}, exit.Misuse("say it in one line of plain text", "--reden: %s", bad)
		}
	}
	r, err := Open(opt.Data)
	if err != nil {
		return nil, keyring{}, err
	}
	ring := r.readKeys()
	return r, ring, ring.fault()
}

// signer is the key in use, from its file.
func (opt KeyOptions) signer(ring keyring) (*Signer, error) {
	s, err := ReadSigner(opt.File, opt.Data)
	if err == nil && s.ID != ring.active {
		err = exit.Misuse("name the file of the key that `stapel key sign publish` shows as in use", "the signing key is not the one in use")
	}
	return s, err
}

func (opt KeyOptions) make(file string) (*Signer, error) {
	if file == "" {
		return nil, exit.Misuse("name a file for the key", "where should the signing key go")
	}
	if err := apart(file, opt.Data); err != nil {
		return nil, err
	}
	return makeSigner(file)
}

// register signs an entry and adds it; made is the key that comes, if one does.
func (r *Register) register(opt KeyOptions, by, made *Signer, e KeyEntry) (err error) {
	if made != nil {
		e.Public = base64.StdEncoding.EncodeToString(spki(made.key))
	}
	e.Nr, e.When, e.Why, e.By, e.Previous = len(r.keys.lines)+1, opt.now().UTC().Format(time.RFC3339), opt.Why, by.ID, r.KeyHead().Sha256
	if e.Chain = r.Head(); e.Ends != "" {
		if e.Last = e.Chain.Lines; opt.From > 0 {
			e.Last = opt.From - 1
		}
	}
	sig, err := by.Sign(nil, e.signed())
	if err != nil {
		return err
	}
	e.Signature = base64.StdEncoding.EncodeToString(sig)
	data, err := json.Marshal(e)
	if err == nil {
		err = lake.AppendWhole(r.lake.KeyRegister(), data)
	}
	return err
}

func (opt KeyOptions) now() time.Time {
	if opt.Now == nil {
		return time.Now()
	}
	return opt.Now()
}

// KeyState is a key of the register as people ask for it.
type KeyState struct {
	PublicKey
	From  int    // first number of the chain that it may sign
	Last  int    // last one at which it counts; 0 and Ended: none
	Ended string // "", vervangen or ingetrokken
}

// KeyStates are the keys of a data folder in the order in which they came. One that was changed in the register is an error.
func KeyStates(data string) ([]KeyState, error) {
	r, ring, err := KeyOptions{Data: data}.open()
	if err != nil {
		return nil, err
	}
	var out []KeyState
	for _, e := range r.Keys {
		if p := ring.of[e.Key]; e.Event != KeyRevoke && p != nil {
			out = append(out, KeyState{PublicKey: p.key, From: p.from + 1, Last: p.last, Ended: p.how})
		}
	}
	return out, nil
}
