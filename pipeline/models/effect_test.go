package models_test

import (
	"testing"

	"stapel/config/configtest"
	"stapel/pipeline/models"
)

// TestWithoutEffect: a run that is not asked what maatwerk did makes every other mart, with what these read and every check that this can answer.
func TestWithoutEffect(t *testing.T) {
	all, err := models.All(configtest.Defaults(t, nil))
	if err != nil {
		t.Fatal(err)
	}
	few, err := models.All(configtest.Defaults(t, map[string]any{"reports.effect": false}))
	if err != nil {
		t.Fatal(err)
	}
	made := map[string]bool{}
	for _, m := range all {
		made[m.Name] = false
	}
	for _, m := range few {
		made[m.Name] = true
	}
	for _, m := range few {
		for _, r := range m.Reads {
			if is, ok := made[r]; ok && !is {
				t.Errorf("%s reads %s, which is not made", m.Name, r)
			}
		}
	}
	var left []string
	for _, m := range all {
		if !made[m.Name] {
			left = append(left, m.Name)
		}
	}
	t.Log(len(all), len(few), left)
	for name, want := range map[string]bool{"effect": false, "koppeling": false, "claim_toets": false, "stg_claim": false, "effect_plan": false, "effect_lid": false,
		"kosten": true, "plan": true, "plan_totaal": true, "rijpheid": true, "bevinding": true, "uitgave": true} {
		if made[name] != want {
			t.Errorf("%s is made: %v", name, made[name])
		}
	}
}
