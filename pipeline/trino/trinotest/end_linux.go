package trinotest

import "syscall"

// ownEnd makes a node end with the program that started it, however that ended.
func ownEnd() *syscall.SysProcAttr { return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }
