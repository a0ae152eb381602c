package trinotest

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// tick is the unit of processor time in /proc.
const tick = 10 * time.Millisecond

// Processor is the processor time that each node has taken, the coordinator first. It is read in /proc, which Linux has.
func (s *Server) Processor() (of []time.Duration, err error) {
	for _, n := range s.nodes {
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", n.process.Pid))
		if err != nil {
			return nil, err
		}
		_, rest, _ := strings.Cut(string(text), ") ") // a name in brackets may hold blanks
		fields := strings.Fields(rest)
		if len(fields) < 13 {
			return nil, fmt.Errorf("/proc/%d/stat has %d fields", n.process.Pid, len(fields))
		}
		var ticks int64
		for _, f := range fields[11:13] { // utime, stime
			t, err := strconv.ParseInt(f, 10, 64)
			if err != nil {
				return nil, err
			}
			ticks += t
		}
		of = append(of, time.Duration(ticks)*tick)
	}
	return of, nil
}
