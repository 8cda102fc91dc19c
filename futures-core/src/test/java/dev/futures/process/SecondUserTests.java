// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

import dev.futures.Future;
import dev.futures.support.Await;
import dev.futures.support.LeakCheck;
import dev.futures.support.Work;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Another user of the machine, while a worker process starts: the only time at which
 * there is something to attack. Where a test may not become another user, it looks at
 * permissions instead.
 */
@ExtendWith(LeakCheck.class)
class SecondUserTests {

    private static final String NOBODY = "65534";

    /** Readable by everybody, unlike the classes of the project. */
    private Path directory;

    @BeforeEach
    void prepare() throws IOException {
        this.directory = Files.createTempDirectory("second-user-");
        Files.setPosixFilePermissions(this.directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterEach
    void tidyUp() throws IOException {
        System.clearProperty(Rendezvous.TRANSPORT_PROPERTY);
        try (var files = Files.walk(this.directory)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(file);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "unix", "loopback" })
    void nobodyElseCanConnectReadOrDisturb(String transport) throws Exception {
        System.setProperty(Rendezvous.TRANSPORT_PROPERTY, transport);
        Set<Integer> others = loopbackPorts();
        try (ProcessPoolExecutor pool = Pools.builder(1).java(slowJava()).build()) {
            try {
                everythingIsTriedWhileAProcessStarts(pool, transport, others);
            }
            finally {
                // or else the pool could not be closed, and nobody would see what failed
                Files.writeString(this.directory.resolve("open"), "");
            }
        }
    }

    private void everythingIsTriedWhileAProcessStarts(ProcessPoolExecutor pool, String transport, Set<Integer> others)
            throws Exception {
        Future<Long> future = pool.submit(Work::pid);
        Await.until("the process waits", () -> Files.exists(this.directory.resolve("waits")));
        Set<Integer> ports = loopbackPorts();
        ports.removeAll(others);
        Path rendezvous = rendezvous();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(rendezvous))).isEqualTo("rwx------");
        // it may run before its pool knows it
        Await.until("the process is known", () -> pool.statistics().workers().get(0).pid() != null);
        long child = pool.statistics().workers().get(0).pid();
        assertThat(Files.readString(Path.of("/proc", String.valueOf(child), "cmdline")).split("\0"))
            .as("all that others can see")
            .containsSubsequence("@" + rendezvous.resolve("a"));
        if (mayBecomeAnother()) {
            attack(rendezvous, child, ports, transport, future);
        }
        Files.writeString(this.directory.resolve("open"), "");
        assertThat(future.result(Await.PATIENCE)).isEqualTo(child);
        assertThat(Files.exists(rendezvous)).as("there is nothing left").isFalse();
    }

    private void attack(Path rendezvous, long child, Set<Integer> ports, String transport, Future<?> future)
            throws Exception {
        List<String> command = new ArrayList<>(
                List.of(rendezvous.toString(), String.valueOf(child), String.valueOf(Work.pid())));
        if (transport.equals("loopback")) {
            assertThat(ports).isNotEmpty();
            ports.forEach((port) -> command.add(String.valueOf(port)));
        }
        Process intruder = asNobody(command);
        try (BufferedReader report = intruder.inputReader()) {
            List<String> lines = new ArrayList<>();
            for (String line = report.readLine(); line != null; line = report.readLine()) {
                lines.add(line);
                if (line.equals("done: all")) {
                    break;
                }
            }
            assertThat(lines).contains("done: all")
                .hasSizeGreaterThan(12)
                .noneMatch((line) -> line.contains("SUCCEEDED"));
            assertThat(lines).filteredOn((line) -> line.contains("denied")).hasSize(12);
            // its connections stay open while the right one comes
            Files.writeString(this.directory.resolve("open"), "");
            assertThat(future.result(Await.PATIENCE)).isEqualTo(child);
        }
        finally {
            intruder.getOutputStream().close();
            assertThat(intruder.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Starts Java only when the test says so. */
    private Path slowJava() throws IOException {
        Path script = this.directory.resolve("java");
        Files.writeString(script, """
                #!/bin/sh
                touch '%1$s/waits'
                until [ -e '%1$s/open' ]; do sleep 0.02; done
                exec '%2$s/bin/java' "$@"
                """.formatted(this.directory, System.getProperty("java.home")));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return script;
    }

    private Process asNobody(List<String> arguments) throws IOException {
        String name = Intruder.class.getName().replace('.', '/');
        Path classes = Files.createDirectories(this.directory.resolve("classes/dev/futures/process"));
        for (String suffix : List.of(".class", "$Attempt.class")) {
            try (var in = Intruder.class.getClassLoader().getResourceAsStream(name + suffix)) {
                Files.copy(in, classes.resolve("Intruder" + suffix), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        List<String> command = new ArrayList<>(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY,
                "--clear-groups", java(), "-XX:TieredStopAtLevel=1", "-Xmx32m", "-cp",
                this.directory.resolve("classes").toString(), Intruder.class.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static boolean mayBecomeAnother() throws Exception {
        try {
            Process attempt = new ProcessBuilder("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups",
                    java(), "-version")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
            return attempt.waitFor() == 0;
        }
        catch (IOException ex) {
            return false;
        }
    }

    private static Path rendezvous() throws IOException {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        try (DirectoryStream<Path> ours = Files.newDirectoryStream(parent, "futures-worker-" + Work.pid() + "-*")) {
            return ours.iterator().next();
        }
    }

    /** The ports that somebody listens on at 127.0.0.1, as the system shows to all. */
    private static Set<Integer> loopbackPorts() throws IOException {
        Set<Integer> ports = new TreeSet<>();
        for (String file : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            if (Files.exists(Path.of(file))) {
                for (String line : Files.readAllLines(Path.of(file))) {
                    String[] columns = line.trim().split("\\s+");
                    if (columns[3].equals("0A") && columns[1].contains("0100007F:")) {
                        ports.add(Integer.parseInt(columns[1].substring(columns[1].indexOf(':') + 1), 16));
                    }
                }
            }
        }
        return ports;
    }

}
