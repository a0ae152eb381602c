//go:build !linux

package trinotest

import "syscall"

func ownEnd() *syscall.SysProcAttr { return nil }
