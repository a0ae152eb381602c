package generator

import "strconv"

// output collects the lines of one block of households, per file.
type output struct {
	files  []part
	ledger map[entry]int64 // cents
	base   [kindCount]int  // number of a kind's first file
	file   *part           // being written to
	plans  tally
}

// part is a piece of one file.
type part struct {
	data          []byte
	lines         int64
	debet, credit int64 // cents of the money column
}

// entry is a line of the ledger.
type entry struct{ kind, gemeente, year int }

// tally is what the programme's plans promise together.
type tally struct{ plans, saving int64 }

// reset empties the block for the next one, keeping the memory.
func (o *output) reset() {
	for i := range o.files {
		o.files[i] = part{data: o.files[i].data[:0]}
	}
	clear(o.ledger)
	o.plans = tally{}
}

// row starts a line of a kind in its slot-th file.
func (o *output) row(kind, slot int) *output {
	o.file = &o.files[o.base[kind]+slot]
	o.file.lines++
	return o
}

// s, d, i, eur and none write a cell: text, a day (none for never), a number, cents as euros, nothing.
func (o *output) s(v string) *output {
	o.file.data = append(append(o.file.data, v...), ';')
	return o
}

func (o *output) d(v day) *output {
	if v < never {
		o.file.data = append(o.file.data, v.String()...)
	}
	return o.none()
}

func (o *output) i(v int) *output {
	o.file.data = append(strconv.AppendInt(o.file.data, int64(v), 10), ';')
	return o
}

func (o *output) eur(ct int) *output {
	if ct < 0 {
		o.file.data = append(o.file.data, '-')
		ct = -ct
	}
	o.file.data = strconv.AppendInt(o.file.data, int64(ct/100), 10)
	o.file.data = append(o.file.data, ',', byte('0'+ct/10%10), byte('0'+ct%10), ';')
	return o
}

// id writes a letter, the number of the household, and the number of the thing in it.
func (o *output) id(letter byte, household, n int) *output {
	o.file.data = append(o.file.data, letter)
	o.file.data = strconv.AppendInt(o.file.data, int64(household), 10)
	o.file.data = append(o.file.data, '-')
	return o.i(n)
}

func (o *output) none() *output {
	o.file.data = append(o.file.data, ';')
	return o
}

func (o *output) flag(v bool) *output {
	if v {
		return o.s("ja")
	}
	return o.s("nee")
}

// end ends the line.
func (o *output) end() { o.file.data[len(o.file.data)-1] = '\n' }

// book adds an amount to the file's totals.
func (o *output) book(ct int, credit bool) *output {
	if credit {
		o.file.credit += int64(ct)
	} else {
		o.file.debet += int64(ct)
	}
	return o
}
