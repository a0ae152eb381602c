package faulttest

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// CanMount reports whether this process may make file systems of its own that nobody else sees: as root, or in a user namespace.
func CanMount() bool {
	return exec.Command("unshare", append(private(), "mount", "-t", "tmpfs", "tmpfs", "/mnt")...).Run() == nil
}

// CanBeNobody reports whether this process may start one for which permissions hold: not as root in a container that lets root give up nothing.
func CanBeNobody() bool {
	return os.Geteuid() != 0 || exec.Command("setpriv", droppedRights, "true").Run() == nil
}

// droppedRights are those by which root passes over permissions.
const droppedRights = "--bounding-set=-dac_override,-dac_read_search"

func private() []string {
	if os.Geteuid() == 0 {
		return []string{"--mount"}
	}
	return []string{"--mount", "--map-root-user"}
}

// SmallDisk starts the program with the data folder on a disk of so many KB; what is on it at the end is in the data folder afterwards.
func SmallDisk(data string, kb int) Way {
	return func(cmd *exec.Cmd) {
		apart(cmd, fmt.Sprintf(`disk=%[1]s.disk && mkdir -p "$disk" && mount -t tmpfs -o size=%[2]dk,mode=0700 tmpfs "$disk" && cp -a %[1]s/. "$disk" && mount --bind "$disk" %[1]s`, quote(data), kb),
			fmt.Sprintf(`umount %[1]s && cp -a %[1]s.disk/. %[1]s`, quote(data)))
	}
}

// ReadOnly starts the program with the data folder on a disk that can't be written to.
func ReadOnly(data string) Way {
	return func(cmd *exec.Cmd) {
		apart(cmd, fmt.Sprintf(`mount --bind %[1]s %[1]s && mount -o remount,ro,bind %[1]s`, quote(data)), "true")
	}
}

// apart starts the program in a mount namespace of its own, between what is done before and after.
func apart(cmd *exec.Cmd, before, after string) {
	name, rest := cmd.Args[0], cmd.Args[1:]
	script := before + ` || exit 99; program="$0"; name="$1"; shift; (exec -a "$name" "$program" "$@"); code=$?; ` + after + ` || exit 99; exit $code`
	cmd.Args = append(append(append([]string{"unshare"}, private()...), "bash", "-c", script, cmd.Path, name), rest...)
	cmd.Path, cmd.Err = exec.LookPath("unshare")
}

// Unprivileged starts the program so that permissions of files hold for it, also as root.
func Unprivileged() Way {
	return func(cmd *exec.Cmd) {
		if os.Geteuid() != 0 {
			return
		}
		name, rest := cmd.Args[0], cmd.Args[1:]
		cmd.Args = append([]string{"setpriv", droppedRights, "bash", "-c", `exec -a "$1" "$0" "${@:2}"`, cmd.Path, name}, rest...)
		cmd.Path, cmd.Err = exec.LookPath("setpriv")
	}
}

func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }
