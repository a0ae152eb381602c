package trino

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	client "github.com/trinodb/trino-go-client/trino"

	"stapel/pipeline/engine"
	"stapel/pipeline/exit"
)

// queryWords says in words what Trino calls an error that a SELECT makes of its rows: its own message quotes the value.
var queryWords = map[string]string{
	"INVALID_CAST_ARGUMENT":      "a value can't be turned into the type that is asked; use try_cast, which leaves it empty",
	"NUMERIC_VALUE_OUT_OF_RANGE": "a number does not fit the type that it is given; cast it to a wider one",
	"INVALID_FUNCTION_ARGUMENT":  "a function is given a value that it can't work with",
	"DIVISION_BY_ZERO":           "a number is divided by 0; use nullif",
}

// ofText are errors about the text of a SELECT: the message names columns, tables and types, and holds nothing of a row.
var ofText = strings.Fields(`SYNTAX_ERROR COLUMN_NOT_FOUND TABLE_NOT_FOUND SCHEMA_NOT_FOUND FUNCTION_NOT_FOUND TYPE_MISMATCH TYPE_NOT_FOUND AMBIGUOUS_NAME
	AMBIGUOUS_FUNCTION_CALL EXPRESSION_NOT_AGGREGATE EXPRESSION_NOT_SCALAR EXPRESSION_NOT_IN_DISTINCT EXPRESSION_NOT_CONSTANT MISSING_GROUP_BY
	MISSING_OVER MISSING_ORDER_BY MISSING_COLUMN_NAME MISSING_COLUMN_ALIASES MISMATCHED_COLUMN_ALIASES NESTED_AGGREGATION NESTED_WINDOW
	DUPLICATE_COLUMN_NAME COLUMN_TYPE_UNKNOWN NOT_SUPPORTED SUBQUERY_MULTIPLE_ROWS INVALID_WINDOW_FRAME FUNCTION_IMPLEMENTATION_ERROR
	INVALID_ARGUMENTS TOO_MANY_ARGUMENTS OPERATOR_NOT_FOUND QUERY_HAS_TOO_MANY_STAGES COMPILER_ERROR STACK_OVERFLOW`)

// remedies say what helps against errors that are about the machines, not about the SELECT.
var remedies = map[string]string{
	"EXCEEDED_LOCAL_MEMORY_LIMIT":  "it needs more memory on one node than Trino allows; raise query.max-memory-per-node, or give Trino more nodes",
	"EXCEEDED_GLOBAL_MEMORY_LIMIT": "it needs more memory than Trino allows; raise query.max-memory, or give Trino more nodes",
	"CLUSTER_OUT_OF_MEMORY":        "Trino ran out of memory; run again when less is asked of it, or give it more nodes",
	"EXCEEDED_TIME_LIMIT":          "it took longer than Trino allows; raise query.max-execution-time for this user",
	"EXCEEDED_CPU_LIMIT":           "it took more than Trino allows; raise query.max-cpu-time for this user",
	"EXCEEDED_SCAN_LIMIT":          "it reads more than Trino allows; raise query.max-scan-physical-bytes for this user",
	"NO_NODES_AVAILABLE":           "Trino has no node that works; run again when it has",
	"REMOTE_TASK_ERROR":            lostNode,
	"REMOTE_TASK_MISMATCH":         lostNode,
	"REMOTE_HOST_GONE":             lostNode,
	"PAGE_TRANSPORT_ERROR":         lostNode,
	"PAGE_TRANSPORT_TIMEOUT":       lostNode,
	"TOO_MANY_REQUESTS_FAILED":     lostNode,
	"SERVER_SHUTTING_DOWN":         lostNode,
	"ADMINISTRATIVELY_KILLED":      "somebody who manages Trino stopped it",
	"ADMINISTRATIVELY_PREEMPTED":   "somebody who manages Trino stopped it",
	"QUERY_QUEUE_FULL":             "too many queries wait in Trino; run again later, or give this user a resource group of its own",
	"PERMISSION_DENIED":            "trino.user may not do it; docs/operations.md has the rules that a run needs",
	"HIVE_CANNOT_OPEN_SPLIT":       unreadFile,
	"HIVE_BAD_DATA":                "a file that it reads is damaged, or is not what its table says; run with --full, and look at the disk of trino.shared_dir",
	"HIVE_FILE_NOT_FOUND":          unreadFile,
	"HIVE_FILESYSTEM_ERROR":        unreadFile,
	"HIVE_WRITER_OPEN_ERROR":       unwritten,
	"HIVE_WRITER_CLOSE_ERROR":      unwritten,
	"HIVE_WRITER_DATA_ERROR":       unwritten,
	"HIVE_PATH_ALREADY_EXISTS":     unwritten,
	"CATALOG_NOT_FOUND":            "there is no catalog of the name in trino.catalog",
	"INVALID_SESSION_PROPERTY":     "the catalog of trino.catalog is no Hive catalog",
}

const (
	lostNode   = "a node of Trino was lost while it worked; nothing was published; run again"
	unreadFile = "Trino can't read a file below trino.shared_dir; every node has to see that folder, at trino.location, and be let in"
	unwritten  = "Trino can't write below trino.shared_dir; every node has to see that folder, at trino.location, with room and the right to write"
)

// tooLarge is the message of a statement that needs more memory than there is.
type tooLarge string

func (e tooLarge) Error() string { return string(e) }

// explain turns an error into one line of ours: what it was about, and what to do. Trino's own text stays where it can hold nothing of a row.
func explain(ctx context.Context, what string, err error) error {
	if err == nil {
		return nil
	}
	if done := ctx.Err(); done != nil {
		return done
	}
	if errors.Is(err, client.ErrQueryCancelled) {
		return fmt.Errorf("%s: somebody stopped it in Trino", what)
	}
	var told *client.ErrTrino
	var failed *client.ErrQueryFailed
	switch {
	case errors.As(err, &told):
		name, message := told.ErrorName, told.Message
		message, _, _ = strings.Cut(strings.TrimSpace(message), "\n")
		words, remedy := queryWords[name], remedies[name]
		switch {
		case words != "":
			return engine.QueryError(what + ": " + words)
		case strings.HasPrefix(name, "EXCEEDED_") && strings.HasSuffix(name, "_MEMORY_LIMIT"):
			return tooLarge(fmt.Sprintf("%s: %s (%s)", what, remedy, name))
		case remedy != "":
			return fmt.Errorf("%s: %s (%s)", what, remedy, name)
		case inText[name]:
			return engine.QueryError(what + ": " + message)
		}
		return fmt.Errorf("%s: %s (the rest of Trino's message is left out, for it may quote data)", what, name)
	case errors.As(err, &failed) && failed.StatusCode == http.StatusUnauthorized:
		return fmt.Errorf("%s: Trino does not let trino.user in: the password or token is another, or has expired", what)
	case errors.As(err, &failed) && failed.StatusCode == http.StatusForbidden:
		return fmt.Errorf("%s: %s", what, remedies["PERMISSION_DENIED"])
	case errors.As(err, &failed) && failed.StatusCode != 0:
		return fmt.Errorf("%s: Trino answers with status %d", what, failed.StatusCode)
	}
	var misuse *exit.Error
	if errors.As(err, &misuse) {
		return misuse
	}
	return fmt.Errorf("%s: the connection with Trino broke off: %w", what, withoutURL(err))
}

var inText = func() map[string]bool {
	set := map[string]bool{}
	for _, name := range ofText {
		set[name] = true
	}
	return set
}()

// isGone is true of an error of the driver that says that what is dropped is not there.
func isGone(err error) bool {
	var told *client.ErrTrino
	return errors.As(err, &told) && slices.Contains([]string{"SCHEMA_NOT_FOUND", "NOT_FOUND", "TABLE_NOT_FOUND"}, told.ErrorName)
}
