package trino

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"stapel/pipeline/engine"
)

// A statement costs Trino a third of a second whatever it does, and the checks of a run are some hundred and seventy. So many bytes of them, and so
// many of them, are one statement, which keeps the number of its stages well below what Trino allows; and so many statements are asked at a time.
const (
	batchBytes = 3000
	batchAsks  = 24
	inFlight   = 3
)

// Counts returns the numbers that queries give.
func (e *Engine) Counts(ctx context.Context, asks []engine.Ask, done func()) ([]int64, error) {
	if err := e.compare(ctx); err != nil {
		return nil, err
	}
	if err := e.writtenWhole(ctx); err != nil {
		return nil, err
	}
	return e.numbers(ctx, asks, done)
}

// numbers asks for numbers, many in a statement and some statements at a time. The first that fails stops the others.
func (e *Engine) numbers(ctx context.Context, asks []engine.Ask, done func()) ([]int64, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	numbers := make([]int64, len(asks))
	type answer struct {
		asks int
		err  error
	}
	slots, answers := make(chan struct{}, inFlight), make(chan answer)
	batches := inBatches(asks)
	for _, b := range batches {
		go func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			err := ctx.Err()
			if err == nil {
				err = e.batch(ctx, asks[b.from:b.to], numbers[b.from:b.to])
			}
			answers <- answer{b.to - b.from, err}
		}()
	}
	var first error
	for range batches {
		a := <-answers
		if a.err != nil && first == nil {
			first = a.err
			stop()
		}
		for range a.asks {
			done()
		}
	}
	if first != nil {
		return nil, first
	}
	return numbers, nil
}

// span is a part of a list.
type span struct{ from, to int }

// inBatches is what is asked in one statement each.
func inBatches(asks []engine.Ask) (out []span) {
	size := 0
	for i, a := range asks {
		if size += len(a.Query); i == 0 || size > batchBytes || i-out[len(out)-1].from == batchAsks {
			out, size = append(out, span{i, i}), len(a.Query)
		}
		out[len(out)-1].to = i + 1
	}
	return out
}

// batch asks for numbers in one statement. When that fails for what it asks, or is too much together, each is asked by itself, so that the error is about the right one.
func (e *Engine) batch(ctx context.Context, asks []engine.Ask, numbers []int64) error {
	if len(asks) > 1 {
		var parts []string
		for i, a := range asks {
			parts = append(parts, fmt.Sprintf("select %d as nr, n from (%s) as t%d (n)", i, a.Query, i))
		}
		rows, err := e.rows(ctx, fmt.Sprintf("%s and %d more", asks[0].Name, len(asks)-1), strings.Join(parts, " union all "))
		if err == nil && !place(rows, numbers) {
			err = fmt.Errorf("%s and %d more: there is not one number for each", asks[0].Name, len(asks)-1)
		}
		if !engine.InQuery(err) && !errors.As(err, new(tooLarge)) {
			return err
		}
	}
	for i, a := range asks {
		var err error
		if numbers[i], err = e.number(ctx, a.Name, a.Query); err != nil {
			return err
		}
	}
	return nil
}

// place puts the numbers of rows where their places say; false when there is not one for each.
func place(rows [][]string, numbers []int64) bool {
	seen := make([]bool, len(numbers))
	for _, row := range rows {
		nr, err := strconv.Atoi(row[0])
		if err != nil || nr < 0 || nr >= len(numbers) || seen[nr] {
			return false
		}
		if numbers[nr], err = strconv.ParseInt(row[1], 10, 64); err != nil {
			return false
		}
		seen[nr] = true
	}
	return len(rows) == len(numbers)
}
