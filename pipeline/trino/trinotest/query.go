package trinotest

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// Query runs a statement as a user, without the client that is to be tested, and gives its rows as JSON has them.
func (s *Server) Query(ctx context.Context, user, statement string) (rows [][]any, err error) {
	method, url := http.MethodPost, s.Address+"/v1/statement"
	for url != "" {
		var answer struct {
			NextURI string
			Data    [][]any
			Error   *struct{ ErrorName, Message string }
		}
		if err := s.call(ctx, method, url, user, statement, &answer); err != nil {
			return nil, err
		}
		if answer.Error != nil {
			return nil, fmt.Errorf("trino: %s: %s", answer.Error.ErrorName, answer.Error.Message)
		}
		rows = append(rows, answer.Data...)
		method, url, statement = http.MethodGet, answer.NextURI, ""
	}
	return rows, nil
}

func (s *Server) call(ctx context.Context, method, url, user, body string, answer any) error {
	r, err := http.NewRequestWithContext(ctx, method, url, strings.NewReader(body))
	if err != nil {
		return err
	}
	if user != "" {
		if err := s.authorize(r, user); err != nil {
			return err
		}
	}
	res, err := s.client.Do(r)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("trino: %s: %s", res.Status, text)
	}
	if err != nil {
		return err
	}
	return json.Unmarshal(text, answer)
}
