package transforms

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Aside parses the embedded models of a layer that is no part of a run, in an order in which each comes after what it
// reads. tables are the names that there are: models of the run, marts and inputs among them. With lacking, a model that reads
// another table is left out; else that is an error.
func Aside(layer Layer, tables []string, lacking bool) ([]*Model, error) {
	models, err := read(layer)
	if err != nil {
		return nil, err
	}
	if lacking {
		known := slices.Clone(tables)
		for _, m := range models {
			known = append(known, m.Name)
		}
		models = slices.DeleteFunc(models, func(m *Model) bool {
			return slices.ContainsFunc(m.Reads, func(name string) bool { return !slices.Contains(known, name) })
		})
	}
	if err := resolve(models); err != nil {
		return nil, err
	}
	return Sort(models, tables)
}

// Sort orders models so that each comes after what it reads; ties by layer and name. A name that is neither a model nor
// an input, and a cycle, are errors.
func Sort(models []*Model, inputs []string) ([]*Model, error) {
	done := map[string]bool{}
	for _, in := range inputs {
		done[in] = true
	}
	byName := map[string]*Model{}
	var signals []string
	for _, m := range models {
		if byName[m.Name] != nil || done[m.Name] {
			return nil, fmt.Errorf("two tables are called %s", m.Name)
		}
		byName[m.Name] = m
		if m.Layer == Signals {
			signals = append(signals, m.Name)
		}
	}
	for _, m := range models {
		for _, r := range m.Reads {
			if byName[r] == nil && !done[r] && r != SignalUnion {
				return nil, fmt.Errorf("model %s reads %s, which is not a model or an input", m.Name, r)
			}
			if other := byName[r]; other != nil && other.Layer == Marts && m.Layer != Checks {
				return nil, fmt.Errorf("model %s reads %s, which is a mart: only checks do, for its keys are text", m.Name, r)
			}
		}
	}
	ready := func(m *Model) bool {
		for _, r := range m.Reads {
			if r == SignalUnion {
				if slices.ContainsFunc(signals, func(s string) bool { return !done[s] }) {
					return false
				}
			} else if !done[r] {
				return false
			}
		}
		return true
	}
	var out []*Model
	left := slices.Clone(models)
	for len(left) > 0 {
		i := slices.IndexFunc(left, ready)
		if i < 0 {
			var names []string
			for _, m := range left {
				names = append(names, m.Name)
			}
			return nil, errors.New("models that wait for each other, or for all signals: " + strings.Join(names, ", "))
		}
		out = append(out, left[i])
		done[left[i].Name] = true
		left = slices.Delete(left, i, i+1)
	}
	return out, nil
}

// Giving returns those of sorted models that give the named ones, in order: these and what they read, but not what those read for which stop says so.
func Giving(sorted []*Model, stop func(model string) bool, names ...string) (out []*Model) {
	need := map[string]bool{}
	for _, n := range names {
		need[n] = true
	}
	for _, m := range slices.Backward(sorted) { // each comes after what it reads
		if !need[m.Name] && !(m.Layer == Signals && need[SignalUnion]) {
			continue
		}
		out = append(out, m)
		if stop != nil && stop(m.Name) {
			continue
		}
		for _, name := range m.Reads {
			need[name] = true
		}
	}
	slices.Reverse(out)
	return out
}

// Without returns the models but those that say so of themselves, checks that read one of these, and models that nothing but these reads.
func Without(sorted []*Model, gone func(*Model) bool) []*Model {
	read, needed := map[string]bool{}, map[string]bool{}
	dropped := map[string]bool{}
	for _, m := range sorted {
		dropped[m.Name] = gone(m)
	}
	var out []*Model
	for _, m := range slices.Backward(sorted) { // each comes after what it reads, and those that read it have been seen
		name := m.Name
		if m.Layer == Signals {
			name = SignalUnion
		}
		drop := dropped[m.Name] || m.Layer == Checks && slices.ContainsFunc(m.Reads, func(r string) bool { return dropped[r] }) || read[name] && !needed[name]
		for _, r := range m.Reads {
			read[r], needed[r] = true, needed[r] || !drop
		}
		if !drop {
			out = append(out, m)
		}
	}
	slices.Reverse(out)
	return out
}
