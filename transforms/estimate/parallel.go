package estimate

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// InParallel calls do for 0..n-1, each once, on as many goroutines as there are processors; what do writes is by its number, so that the
// outcome does not depend on their order.
func InParallel(n int, do func(int)) {
	var next atomic.Int64
	var group sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	group.Wait()
}
