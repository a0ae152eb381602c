package main

import (
	"encoding/xml"
	"strings"
	"testing"

	"stapel/config"
	"stapel/config/cron"
)

// scheduleExample is the block of a language under a heading of docs/schedule.md.
func scheduleExample(t *testing.T, heading, language string) string {
	t.Helper()
	_, after, ok := strings.Cut(section(page(t, "schedule.md"), heading), "```"+language+"\n")
	block, _, closed := strings.Cut(after, "```")
	if !ok || !closed {
		t.Fatalf("docs/schedule.md has no %s under %s", language, heading)
	}
	return block
}

// scheduleCommand holds a command line to what stapel has: the command, and each of its flags.
func scheduleCommand(t *testing.T, words []string) {
	t.Helper()
	cmd, rest, err := newRoot(&globals{}).Find(words)
	if err != nil || cmd.CommandPath() != "stapel schedule run" {
		t.Fatalf("%v: %v", words, err)
	}
	if err := cmd.ParseFlags(rest); err != nil {
		t.Errorf("%v: %v", words, err)
	}
	if once, err := cmd.Flags().GetBool("once"); err != nil || !once || cmd.Flag("data").Value.String() == "./data" || cmd.Flag("key-file").Value.String() == "" || cmd.Flags().NArg() > 0 {
		t.Errorf("%v: want --once, --data and --key-file, and nothing loose", words)
	}
}

// TestScheduleExamples: what docs/schedule.md shows is taken by what reads it.
func TestScheduleExamples(t *testing.T) {
	text := page(t, "schedule.md")
	_, jobs, _ := strings.Cut(text, "```yaml\n")
	jobs, _, _ = strings.Cut(jobs, "```")
	var file struct {
		Jobs []config.Job `yaml:"jobs"`
	}
	if err := config.Decode("docs/schedule.md", []byte(jobs), &file); err != nil || len(file.Jobs) != 2 {
		t.Errorf("jobs.yaml: %v, %v", file.Jobs, err)
	}
	for _, j := range file.Jobs {
		if _, err := cron.Parse(j.Cron); err != nil {
			t.Errorf("%s: %v", j.Name, err)
		}
	}

	line := strings.Fields(scheduleExample(t, "### cron", "crontab"))
	if _, err := cron.Parse(strings.Join(line[:5], " ")); err != nil || line[5] != "stapel" {
		t.Errorf("the line of cron: %v, as user %s", err, line[5])
	}
	scheduleCommand(t, line[7:])

	type security struct {
		NonRoot    bool              `yaml:"runAsNonRoot"`
		User       int               `yaml:"runAsUser"`
		Group      int               `yaml:"fsGroup"`
		Seccomp    map[string]string `yaml:"seccompProfile"`
		Escalation bool              `yaml:"allowPrivilegeEscalation"`
		ReadOnly   bool              `yaml:"readOnlyRootFilesystem"`
		Caps       struct {
			Drop []string `yaml:"drop"`
		} `yaml:"capabilities"`
	}
	var k struct {
		Version  string            `yaml:"apiVersion"`
		Kind     string            `yaml:"kind"`
		Metadata map[string]string `yaml:"metadata"`
		Spec     struct {
			Schedule    string `yaml:"schedule"`
			Zone        string `yaml:"timeZone"`
			Concurrency string `yaml:"concurrencyPolicy"`
			Deadline    int    `yaml:"startingDeadlineSeconds"`
			Job         struct {
				Spec struct {
					Backoff  int `yaml:"backoffLimit"`
					Template struct {
						Spec struct {
							Restart    string   `yaml:"restartPolicy"`
							Token      bool     `yaml:"automountServiceAccountToken"`
							Grace      int      `yaml:"terminationGracePeriodSeconds"`
							Security   security `yaml:"securityContext"`
							Containers []struct {
								Name, Image string
								Args        []string
								Security    security                     `yaml:"securityContext"`
								Resources   map[string]map[string]string `yaml:"resources"`
								Mounts      []struct {
									Name     string `yaml:"name"`
									Path     string `yaml:"mountPath"`
									ReadOnly bool   `yaml:"readOnly"`
								} `yaml:"volumeMounts"`
							} `yaml:"containers"`
							Volumes []map[string]any `yaml:"volumes"`
						} `yaml:"spec"`
					} `yaml:"template"`
				} `yaml:"spec"`
			} `yaml:"jobTemplate"`
		} `yaml:"spec"`
	}
	if err := config.Decode("CronJob", []byte(scheduleExample(t, "### Kubernetes", "yaml")), &k); err != nil {
		t.Fatal(err)
	}
	if _, err := cron.Parse(k.Spec.Schedule); err != nil || k.Version != "batch/v1" || k.Kind != "CronJob" || k.Spec.Concurrency != "Forbid" {
		t.Errorf("the CronJob: %v, %s %s %s", err, k.Version, k.Kind, k.Spec.Concurrency)
	}
	pod := k.Spec.Job.Spec.Template.Spec
	scheduleCommand(t, pod.Containers[0].Args)
	if len(pod.Volumes) != len(pod.Containers[0].Mounts) {
		t.Errorf("%d volumes, %d of them mounted", len(pod.Volumes), len(pod.Containers[0].Mounts))
	}

	var task struct {
		XMLName   xml.Name `xml:"http://schemas.microsoft.com/windows/2004/02/mit/task Task"`
		Interval  string   `xml:"Triggers>CalendarTrigger>Repetition>Interval"`
		Multiple  string   `xml:"Settings>MultipleInstancesPolicy"`
		Command   string   `xml:"Actions>Exec>Command"`
		Arguments string   `xml:"Actions>Exec>Arguments"`
	}
	if err := xml.Unmarshal([]byte(scheduleExample(t, "### Windows, with WSL", "xml")), &task); err != nil {
		t.Fatal(err)
	}
	words := strings.Fields(task.Arguments)
	if task.Interval != "PT1H" || task.Multiple != "IgnoreNew" || task.Command != "wsl.exe" || words[0] != "--exec" || !strings.HasSuffix(words[1], "/stapel") {
		t.Errorf("the task: %+v", task)
	}
	scheduleCommand(t, words[2:])
}
