package portable

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// MostArguments is how many arguments the prelude's functions take on DuckDB; Trino's take as many as there are.
var MostArguments = map[string]int{"concat": 16, "greatest": 4, "least": 4}

var (
	meantRE   = regexp.MustCompile(`\b(concat|greatest|least|date_diff|substr|sum)\s*\(`)
	inDaysRE  = regexp.MustCompile(`\bdate_diff\s*\(\s*'day'\s*,`)
	startRE   = regexp.MustCompile(`^[1-9][0-9]*$`)
	divisorRE = regexp.MustCompile(`^(?:0*[1-9][0-9]*$|nullif\()`)
	smallRE   = regexp.MustCompile(`^-?[0-9]{1,4}$|^sign\(`) // leaves an amount far from the edge of BIGINT
	amountRE  = regexp.MustCompile(`\b(?:[a-z0-9_]+_)?ct\b`)
)

const (
	inDays = "#day" // stands for the text 'day', which is gone from a SELECT that is blanked

	// Casts after which a product does not overflow: to 38 digits, or to no number of digits.
	asDecimal = "as decimal(38, 0))"
	asDouble  = "as double)"
)

// meanings says where a SELECT would give other rows on one engine than on the other, or none, though both can read it
// (docs/decisions/0034): units of date_diff, where substr begins, a remainder of 0, arguments that only one of them takes, and products that
// become too large, which DuckDB adds up in 128 bits and Trino does not.
func meanings(sql string) (problems []string) {
	bad := func(format string, a ...any) { problems = append(problems, fmt.Sprintf(format, a...)) }
	sql = Blank(inDaysRE.ReplaceAllString(sql, "date_diff("+inDays+","))
	var sums [][2]int // where the arguments of a sum begin and end
	for _, at := range meantRE.FindAllStringSubmatchIndex(sql, -1) {
		args, end := arguments(sql, at[1])
		switch name := sql[at[2]:at[3]]; name {
		case "sum":
			sums = append(sums, [2]int{at[1], end})
		case "date_diff":
			if args[0] != inDays {
				bad("date_diff counts in 'day' only: of another unit one engine counts the borders passed, the other the whole ones; compare what date_trunc gives")
			}
		case "substr":
			if len(args) < 2 || !startRE.MatchString(args[1]) || len(args) > 2 && strings.Contains(args[2], "-") {
				bad("substr begins at a number from 1, and takes no length below 0")
			}
		default:
			if most := MostArguments[name]; len(args) < 2 || len(args) > most {
				bad("%s takes 2 to %d arguments", name, most)
			}
		}
	}
	done := map[int]bool{}
	for i := range len(sql) {
		switch {
		case sql[i] == '%':
			if divisor, _ := operandAfter(sql, i); !divisorRE.MatchString(divisor) {
				bad("a remainder (%%) is of division by a number that is not 0, or by nullif(..., 0)")
			}
		case sql[i] == '*' && !done[i]:
			factors := product(sql, i, done)
			if len(factors) == 0 || wide(factors, asDecimal) {
				continue
			}
			if slices.ContainsFunc(sums, func(s [2]int) bool { return s[0] <= i && i < s[1] }) {
				if others(factors) > 1 {
					bad("a sum of products is one of cast(... as decimal(38, 0)) * ...: BIGINT is too small for it, and one engine then stops")
				}
			} else if others(factors) > 1 && slices.ContainsFunc(factors, isAmount) && !wide(factors, asDouble) {
				bad("an amount times another than a number of four digits is cast(... as decimal(38, 0)) * ..., or as double: BIGINT is too small for it")
			}
		}
	}
	return problems
}

// wide says whether a product is made in what the cast gives: engines go from left to right.
func wide(factors []string, cast string) bool {
	return strings.HasSuffix(factors[0], cast) || strings.HasSuffix(factors[1], cast)
}

// others is how many factors are no small number.
func others(factors []string) (n int) {
	for _, f := range factors {
		if !smallRE.MatchString(f) {
			n++
		}
	}
	return n
}

func isAmount(factor string) bool {
	return amountRE.MatchString(factor) && !smallRE.MatchString(factor)
}

// arguments takes what is between parentheses apart at its commas, from just after the first, and says where the last is.
func arguments(sql string, from int) (args []string, end int) {
	depth, begin := 0, from
	for end = from; end < len(sql); end++ {
		switch c := sql[end]; {
		case c == '(':
			depth++
		case c == ')' && depth > 0:
			depth--
		case c == ')' || c == ',' && depth == 0:
			args = append(args, strings.TrimSpace(sql[begin:end]))
			if begin = end + 1; c == ')' {
				return args, end
			}
		}
	}
	return append(args, strings.TrimSpace(sql[begin:])), end
}

// product are the factors of the product of which a * is the first, and marks all of it as done; none when it is the * of select, count or
// a table.
func product(sql string, at int, done map[int]bool) (factors []string) {
	first := operandBefore(sql, at)
	if first == "" || first == "select" || first == "distinct" || strings.HasSuffix(first, ".") {
		return nil
	}
	for factors = []string{first}; at < len(sql) && sql[at] == '*'; {
		done[at] = true
		factor, end := operandAfter(sql, at)
		factors = append(factors, factor)
		at = len(sql) - len(strings.TrimLeft(sql[end:], " \n"))
	}
	return factors
}

func isName(c byte) bool { return c == '_' || c == '.' || 'a' <= c && c <= 'z' || '0' <= c && c <= '9' }

// operandBefore is what an operator at a place works on at its left: a name, a number, a call, or what is between parentheses.
func operandBefore(sql string, at int) string {
	end := len(strings.TrimRight(sql[:at], " \n"))
	begin := end
	if begin > 0 && sql[begin-1] == ')' {
		for depth := 0; begin > 0; {
			begin--
			if depth += strings.Count(sql[begin:begin+1], ")") - strings.Count(sql[begin:begin+1], "("); depth == 0 {
				break
			}
		}
	}
	for begin > 0 && isName(sql[begin-1]) {
		begin--
	}
	return sql[begin:end]
}

// operandAfter is the one at its right, and where that ends. A case is all that comes.
func operandAfter(sql string, at int) (operand string, end int) {
	begin := len(sql) - len(strings.TrimLeft(sql[at+1:], " \n"))
	end = begin
	if end < len(sql) && sql[end] == '-' {
		end++
	}
	for end < len(sql) && isName(sql[end]) {
		end++
	}
	if sql[begin:end] == "case" {
		args, _ := arguments(sql, begin)
		return args[0], begin + len(args[0])
	}
	if end < len(sql) && sql[end] == '(' {
		_, close := arguments(sql, end+1)
		end = min(close+1, len(sql))
	}
	return sql[begin:end], end
}
