package gate

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"math/bits"
)

// Round rounds a value to a multiple of base, up or down by a chance that makes it right on average, and drawn from who is in the cell: the same
// households round alike in every table and every run, so that asking again tells nothing more. A multiple stays what it is; base 0 or 1 rounds
// nothing. What names what is rounded, so that a count and a sum of the same households do not go up together.
func Round(key []byte, what string, members uint64, value, base int64) int64 {
	if base <= 1 {
		return value
	}
	down := value / base * base
	if value < down {
		down -= base
	}
	over := value - down
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte("stapel/gate/rounding\x00" + what + "\x00"))
	mac.Write(binary.BigEndian.AppendUint64(nil, members))
	draw, _ := bits.Mul64(binary.BigEndian.Uint64(mac.Sum(nil)), uint64(base)) // 0 to base-1
	if int64(draw) < over {
		return down + base
	}
	return down
}

// round works out what every cell would be shown as. What was shown before stays as it was.
func (w *world) round() {
	for _, c := range w.cells {
		base := max(1, w.rules.Counts.RoundTo)
		c.count = shownValue{Round(w.key, "n", c.members, c.n, base), base, min(w.rules.Counts.Minimum, c.n)}
		if c.structural {
			c.count = shownValue{0, 1, 0}
		}
		if e, ok := w.models[""].before(c); ok {
			c.count = e
		}
		for q, a := range c.sums {
			base := max(1, w.rules.Sums.RoundToEur*100)
			if c.structural {
				base = 1
			}
			if c.shown == nil {
				continue // what is over of a total
			}
			c.shown[q] = shownValue{Round(w.key, q, c.members, a.sum, base), base, -far}
			if e, ok := w.models[q].before(c); ok {
				c.shown[q] = e
			}
		}
	}
}
