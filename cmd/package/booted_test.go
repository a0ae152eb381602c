package main

import (
	"context"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"
)

// proof is what is done in the machine once it is up; what it finds goes to a file that the test reads off its disk.
const proof = `#!/bin/sh
exec > /bevonden 2>&1
set -x
systemctl enable --now stapel.timer
echo "timer=$(systemctl is-active stapel.timer) next=$(systemctl show stapel.timer -p NextElapseUSecRealtime --value)"

# stopped while it is busy, and started again
systemctl start --no-block stapel.service
for i in $(seq 600); do ls -d /var/lib/stapel/runs/.staging/2* && break; sleep 0.2; done
systemctl stop stapel.service
echo "stopped=$(systemctl show stapel.service -p Result --value)/$(systemctl show stapel.service -p ExecMainStatus --value) latest=$(cat /var/lib/stapel/latest)"
systemctl reset-failed stapel.service
systemctl start stapel.service
echo "started=$?/$(systemctl show stapel.service -p Result --value)/$(systemctl show stapel.service -p ExecMainStatus --value)"
echo "told=$(systemctl show stapel-melding.service -p Result --value)/$(systemctl show stapel-melding.service -p ExecMainStatus --value)"
runuser -u stapel -- stapel verify --data /var/lib/stapel --config /etc/stapel --key-file /etc/stapel/sleutel
echo "verified=$?"

# what the service may not: the same unit with another command
sed -e '/^OnSuccess/d; /^OnFailure/d' -e 's|^ExecStart=.*|ExecStart=/bin/sh /poging.sh|' /usr/lib/systemd/system/stapel.service > /run/systemd/system/poging.service
systemctl daemon-reload
systemctl start poging.service
echo "tried=$?"
cat /var/lib/stapel/poging.txt
journalctl -u stapel.service -u stapel-melding.service -u poging.service --no-pager -o cat
echo einde
systemctl poweroff
`

// attempt is what a program in the place of stapel does there.
const attempt = `exec > /var/lib/stapel/poging.txt 2>&1
echo "wie=$(id -un)"
for place in /var/lib/stapel/inbox /etc/stapel /usr/bin /var/tmp/../lib /home; do
  touch "$place/poging" 2>/dev/null && echo "wrote in $place"
done
touch /var/lib/stapel/runs/poging && rm /var/lib/stapel/runs/poging && echo "writes its runs"
echo "net=$(tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' ' | tr '\n' ' ')"
echo "devices=$(ls /dev/vda /dev/mem 2>/dev/null | tr '\n' ' ')"
ls /proc/1/environ 2>/dev/null && echo "sees other processes"
test -r /etc/stapel/sleutel && echo "reads its key"
true
`

// TestBooted boots a Debian with the package under its own kernel, in an emulator: the service is run by a real systemd, stopped halfway, run again, and a program in its place
// tries what it may not.
func TestBooted(t *testing.T) {
	if runtime.GOARCH != "amd64" {
		t.Skip("the emulator is asked for amd64 only")
	}
	made(t)
	for _, program := range []string{"qemu-system-x86_64", "mkfs.ext4", "debugfs"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("%s is not here (apt-get install qemu-system-x86 e2fsprogs)", program)
		}
	}
	d := newDebian(t, "systemd,systemd-sysv,dbus,adduser,libstdc++6,coinor-cbc,linux-image-amd64,tzdata")
	d.in(t, "", "dpkg", "--install", "/stapel.deb")
	d.ready(t, "200")
	for name, text := range map[string]string{"bewijs.sh": proof, "poging.sh": attempt,
		"etc/systemd/system/bewijs.service": "[Unit]\nAfter=multi-user.target\n[Service]\nType=oneshot\nExecStart=/bin/sh /bewijs.sh\n[Install]\nWantedBy=multi-user.target\n"} {
		if err := put(filepath.Join(d.root, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	d.in(t, "", "systemctl", "enable", "bewijs.service")
	d.in(t, "", "rm", "/stapel.deb")
	must(t, exec.Command("umount", filepath.Join(d.root, "proc")))
	disk := filepath.Join(t.TempDir(), "disk")
	must(t, exec.Command("mkfs.ext4", "-q", "-d", d.root, disk, "3G"))
	kernel, err := filepath.Glob(filepath.Join(d.root, "boot/vmlinuz-*"))
	if err != nil || len(kernel) != 1 {
		t.Fatalf("%v, %v", kernel, err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Minute)
	defer cancel()
	begin := time.Now()
	console, err := exec.CommandContext(ctx, "qemu-system-x86_64", "-accel", "tcg,thread=multi", "-smp", "2", "-cpu", "max", "-m", "3000", "-display", "none", "-nic", "none", "-serial", "stdio", "-no-reboot",
		"-kernel", kernel[0], "-initrd", strings.Replace(kernel[0], "vmlinuz", "initrd.img", 1), "-append", "root=/dev/vda rw console=ttyS0 panic=-1", "-drive", "file="+disk+",if=virtio,format=raw").CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, console)
	}
	read, err := exec.Command("debugfs", "-R", "cat /bevonden", disk).Output()
	found := string(read)
	if err != nil || !strings.Contains(found, "\neinde\n") {
		t.Fatalf("it did not come to its end: %v\n%s\n%s", err, found, console)
	}
	t.Logf("up and down in %s", time.Since(begin).Round(time.Second))
	for _, want := range []string{
		`(?m)^timer=active next=\S+ 20`,
		`(?m)^stopped=\S+ latest=$`,
		`(?m)^started=0/success/(0|3|4)$`,
		`(?m)^told=success/0$`,
		`(?m)^verified=0$`,
		`(?m)^tried=0$`,
		`(?m)^wie=stapel$`,
		`(?m)^writes its runs$`,
		`(?m)^net=lo $`,
		`(?m)^devices=$`,
		`(?m)^reads its key$`,
	} {
		if !regexp.MustCompile(want).MatchString(found) {
			t.Errorf("no %s", want)
		}
	}
	for _, not := range []string{"\nwrote in ", "\nsees other processes"} {
		if strings.Contains(found, not) {
			t.Errorf("it says %q", not)
		}
	}
	if t.Failed() {
		t.Log(found)
	}
}
