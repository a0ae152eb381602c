package trinotest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// node is a process of a server.
type node struct {
	id, log string
	process *os.Process
	done    chan struct{}
	killed  bool
}

// start starts the coordinator, or if there is one a worker.
func (s *Server) start() error {
	n := &node{id: "coordinator", done: make(chan struct{})}
	port := s.port
	if len(s.nodes) > 0 {
		n.id = fmt.Sprintf("worker%d", len(s.nodes)-1)
		var err error
		if port, err = freePort(); err != nil {
			return err
		}
	}
	dir := filepath.Join(s.dir, n.id)
	if err := s.configure(dir, port, len(s.nodes) == 0); err != nil {
		return err
	}
	n.log = filepath.Join(dir, "server.log")
	out, err := os.OpenFile(n.log, os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer out.Close()
	memory := s.opt.MemoryMB
	switch {
	case s.opt.Workers > 0 && len(s.nodes) == 0:
		memory = 1024 // plans and hands out
	case memory == 0 && s.opt.Workers > 0:
		memory = 2048
	case memory == 0:
		memory = 3072
	}
	// files for their owner only, as those of a run
	args := []string{"-c", `umask 077; exec "$0" "$@"`, s.java, "-cp", filepath.Join(s.home, "lib", "*"), fmt.Sprintf("-Xmx%dM", memory),
		"-XX:+ExitOnOutOfMemoryError", "-XX:+EnableDynamicAgentLoading", "-Djdk.attach.allowAttachSelf=true", "--add-modules=jdk.incubator.vector",
		"-Dfile.encoding=UTF-8", "-Duser.timezone=UTC", "-Dconfig=etc/config.properties", "-Dlog.levels-file=etc/log.properties",
		"-Dplugin.dir=" + filepath.Join(s.home, "plugin"), "-Dnode.environment=test", "-Dnode.id=" + n.id, "-Dnode.data-dir=" + dir,
		"-Dnode.bind-ip=127.0.0.1", "-Dnode.internal-address=127.0.0.1"}
	if !s.opt.Long {
		args = append(args, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC") // measured: two thirds of the processor time, and of the memory
	}
	cmd := exec.Command("sh", append(args, "io.trino.server.TrinoServer")...)
	cmd.Dir, cmd.Stdout, cmd.Stderr, cmd.SysProcAttr = dir, out, out, ownEnd()
	started := make(chan error)
	go func() {
		runtime.LockOSThread() // the system ends the child with the thread that made it
		err := cmd.Start()
		started <- err
		if err == nil {
			_ = cmd.Wait()
			close(n.done)
		}
	}()
	if err := <-started; err != nil {
		return err
	}
	n.process = cmd.Process
	s.nodes = append(s.nodes, n)
	return nil
}

func (n *node) kill() {
	n.killed = true
	_ = n.process.Kill() // not there any more, at worst
	<-n.done
}

func (n *node) ended() bool {
	select {
	case <-n.done:
		return true
	default:
		return false
	}
}

// configure writes what a node reads when it starts.
func (s *Server) configure(dir string, port int, coordinator bool) error {
	scheme := "http"
	config := []string{fmt.Sprint("coordinator=", coordinator), fmt.Sprint("node-scheduler.include-coordinator=", coordinator && s.opt.Workers == 0),
		"discovery.uri=" + s.Address, "http-server.log.enabled=false"}
	if s.opt.Workers > 0 {
		// a query waits so long, not a minute, for a worker that is gone
		config = append(config, "query.remote-task.max-error-duration=10s", "exchange.max-error-duration=10s")
	}
	if s.opt.Login != Name {
		scheme = "https"
		config = append(config, "http-server.http.enabled=false", "http-server.https.enabled=true", "http-server.https.keystore.path="+s.file("server.pem"),
			"internal-communication.https.required=true", "internal-communication.https.truststore.path="+s.CA, "internal-communication.shared-secret="+s.secret)
	}
	config = append(config, fmt.Sprintf("http-server.%s.port=%d", scheme, port))
	config = append(config, s.opt.Config...)
	files := map[string][]string{
		"log.properties": {"Bootstrap=WARN"}, // seven hundred settings
		"catalog/" + Catalog + ".properties": append([]string{"connector.name=hive", "hive.metastore=file", "hive.metastore.catalog.dir=local:///metastore",
			"fs.native-local.enabled=true", "local.location=" + s.Root, "hive.non-managed-table-writes-enabled=true", "hive.temporary-staging-directory-enabled=false", "hive.compression-codec=ZSTD"}, s.opt.Hive...),
	}
	if coordinator {
		switch s.opt.Login {
		case Password:
			config = append(config, "http-server.authentication.type=PASSWORD")
			files["password-authenticator.properties"] = []string{"password-authenticator.name=file", "file.password-file=" + s.file("passwords")}
		case Token:
			config = append(config, "http-server.authentication.type=JWT", "http-server.authentication.jwt.key-file="+s.file("token.pem"))
		}
		if s.opt.Rules != "" {
			files["access-control.properties"] = []string{"access-control.name=file", "security.config-file=etc/rules.json"}
			files["rules.json"] = []string{s.opt.Rules}
		}
	}
	files["config.properties"] = config
	for name, lines := range files {
		file := filepath.Join(dir, "etc", name)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// file is one that all nodes read.
func (s *Server) file(name string) string { return filepath.Join(s.dir, name) }
