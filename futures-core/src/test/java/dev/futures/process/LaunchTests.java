// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import dev.futures.TaskAction;
import dev.futures.support.Await;
import dev.futures.support.LeakCheck;
import dev.futures.support.LogCapture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What is said of a child that cannot be started, and whether another one is worth
 * trying.
 */
@ExtendWith(LeakCheck.class)
class LaunchTests {

    @TempDir
    private Path directory;

    private static WorkerStartException failure(ProcessPoolExecutor pool, WorkerLauncher launcher,
            Consumer<WorkerProcess> spawned) {
        try (pool) {
            return catchThrowableOfType(WorkerStartException.class, () -> launcher.launch("worker", spawned));
        }
    }

    private static WorkerStartException failure(ProcessPoolBuilder builder) {
        ProcessPoolExecutor pool = builder.build();
        return failure(pool, pool.launcher(), (child) -> {
        });
    }

    private static WorkerStartException failure(Path java) {
        return failure(Pools.builder(1).java(java));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -XX:NoSuchOption                   | Unrecognized VM option 'NoSuchOption'
            --no-such-option                   | Unrecognized option: --no-such-option
            -XX:+UseG1GC -XX:+UseSerialGC      | Multiple garbage collectors selected
            -Xmx16m -Xms1g                     | Initial heap size set to a larger value
            -Xmx100000g                        | Could not reserve enough space
            --add-modules=no.such.module       | Module no.such.module not found
            -javaagent:no-such.jar             | no-such.jar
            -Xmx12x                            | Invalid maximum heap size: -Xmx12x
            """)
    void whatTheJvmRefusesIsQuotedAndIsPermanent(String options, String words) {
        WorkerStartException failure = failure(Pools.builder(1).jvmOptions(List.of(options.split(" "))));
        assertThat(failure).hasMessageContaining(words)
            .hasMessageContaining("exited with status 1 before it connected");
        assertThat(failure.isPermanent()).isTrue();
    }

    @Test
    void aChildThatIsKilledBeforeItConnectsIsNot() {
        ProcessPoolExecutor pool = Pools.builder(1).build();
        long[] pid = new long[1];
        WorkerStartException failure = failure(pool, pool.launcher(), (child) -> {
            pid[0] = child.pid();
            child.kill();
        });
        assertThat(failure)
            .hasMessageContaining("worker process " + pid[0] + " exited with status 137 (SIGKILL) before it connected");
        assertThat(failure.isPermanent()).isFalse();
    }

    @Test
    void aChildThatIsKilledWhileItGetsReadyIsNot() {
        TaskAction initializer = () -> {
            System.err.println("farewell");
            ProcessHandle.current().pid();
            new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid())).start().waitFor();
        };
        WorkerStartException failure = failure(Pools.builder(1).initializer(initializer));
        assertThat(failure).hasMessageMatching("(?s)worker process \\d+ exited with status 137 \\(SIGKILL\\) "
                + "while it was getting ready; the last lines of its standard error:\n  farewell");
        assertThat(failure.isPermanent()).isFalse();
    }

    @Test
    void aChildThatIsLateIsNot() {
        WorkerStartException failure = failure(Pools.builder(1).startTimeout(Duration.ofMillis(1)));
        assertThat(failure).hasMessageMatching(
                "worker process \\d+ did not connect within PT0.001S; .* give it a longer startTimeout");
        assertThat(failure.isPermanent()).isFalse();
    }

    @Test
    void onceAChildHasBeenReadyAShortageMayPass() {
        List<String> output = List.of("Error occurred during initialization of VM",
                "Could not reserve enough space for 1048576KB object heap");
        assertThat(LaunchFailure.isRefusal(1, output, List.of(), false)).isTrue();
        assertThat(LaunchFailure.isRefusal(1, output, List.of(), true)).isFalse();
        assertThat(LaunchFailure.isRefusal(134, output, List.of(), false)).isFalse();
        assertThat(LaunchFailure.isRefusal(1, List.of(), List.of("Unrecognized option: -x"), true)).isTrue();
        assertThat(LaunchFailure.isRefusal(1, List.of(), List.of("it is Unrecognized here"), true)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "Could not reserve enough space for 1048576KB object heap",
            "java.lang.OutOfMemoryError: unable to create native thread: possibly out of memory or limits reached",
            "OpenJDK 64-Bit Server VM warning: os::commit_memory failed; error='Cannot allocate memory' (errno=12)",
            "# There is insufficient memory for the Java Runtime Environment to continue." })
    void aShortageIsSeenWhereverItIsInALine(String line) {
        List<String> output = List.of("Error occurred during initialization of VM", line);
        assertThat(LaunchFailure.isRefusal(1, output, List.of(), true)).isFalse();
        assertThat(LaunchFailure.isRefusal(1, List.of(), output, true)).isFalse();
        // a heap that this machine can never have is said in the same words
        assertThat(LaunchFailure.isRefusal(1, output, List.of(), false)).isEqualTo(line.contains("reserve"));
    }

    @Test
    void anotherProgramThanJavaIsDescribedByWhatItSays() throws Exception {
        Path script = Files.writeString(this.directory.resolve("java"), "#!/bin/sh\necho no licence >&2\nexit 1\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        WorkerStartException failure = failure(script);
        assertThat(failure).hasMessageContaining("exited with status 1 before it connected")
            .hasMessageEndingWith("\n  no licence");
        assertThat(failure.isPermanent()).isFalse();
    }

    @Test
    void aJavaThatIsTooOldIsSaidToBe() throws Exception {
        Path script = Files.writeString(this.directory.resolve("java"), """
                #!/bin/sh
                echo Error: LinkageError occurred while loading main class dev.futures.process.WorkerMain >&2
                exit 1
                """);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        WorkerStartException failure = failure(script);
        assertThat(failure).hasMessageContaining("workers need a java as new as their classes");
        assertThat(failure.isPermanent()).isTrue();
    }

    @Test
    void aJavaThatIsGoneIsPermanent() throws Exception {
        Path script = Files.createFile(this.directory.resolve("java"));
        assertThat(script.toFile().setExecutable(true)).isTrue();
        ProcessPoolBuilder builder = Pools.builder(1).java(script);
        Files.delete(script);
        WorkerStartException failure = failure(builder);
        assertThat(failure).hasMessageContaining(this.directory.resolve("java") + ", is no longer a program");
        assertThat(failure.isPermanent()).isTrue();
    }

    @Test
    void theJavaIsThatOfThisJvm() throws Exception {
        Path real = Path.of(System.getProperty("java.home"), "bin", "java");
        assertThat(JavaExecutable.find(null)).isEqualTo(real);
        assertThat(JavaExecutable.find(real)).isEqualTo(real);
        assertThat(JavaExecutable.find(this.directory, Optional.of(real))).isEqualTo(real);
        assertThatExceptionOfType(WorkerStartException.class)
            .isThrownBy(() -> JavaExecutable.find(this.directory, Optional.of(Path.of("/bin/sh"))))
            .withMessageContaining("there is no java launcher in " + this.directory)
            .matches(WorkerStartException::isPermanent);
        assertThatExceptionOfType(WorkerStartException.class)
            .isThrownBy(() -> JavaExecutable.find(this.directory, Optional.of(this.directory.resolve("java"))))
            .withMessageContaining("there is no java launcher in " + this.directory);
    }

    @Test
    void aJavaIsFoundFromAnyWorkingDirectory() throws Exception {
        Path real = Path.of(System.getProperty("java.home"), "bin", "java").toRealPath();
        Path relative = Path.of("").toRealPath().relativize(real);
        assertThat(JavaExecutable.find(relative)).isAbsolute().isExecutable();
        assertThat(JavaExecutable.find(relative.getParent().getParent(), Optional.empty())).isAbsolute().isExecutable();
    }

    @Test
    void whatTheSystemSaysIsExplained() {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        assertThat(explained("error=0, Failed to exec spawn helper: pid: 1, exit value: 1", java, null))
            .contains("replaced while this JVM runs");
        assertThat(explained("error=2, No such file", this.directory.resolve("java"), null))
            .contains("replaced while this JVM runs");
        assertThat(explained("error=2, No such file", java, this.directory.resolve("none").toFile()))
            .contains("the working directory " + this.directory.resolve("none") + " is not there");
        assertThat(explained("error=11, Resource temporarily unavailable", java, this.directory.toFile()))
            .contains("limit on processes");
        assertThat(explained("error=12, Cannot allocate memory", java, null)).contains("no memory is left");
        assertThat(explained("posix_spawn failed, jspawnhelper: error=2", java, null))
            .contains("replaced while this JVM runs");
        assertThat(explained("error=7, Argument list too long", java, null)).contains("environment variables");
        assertThat(explained("anything", java, null)).isEqualTo("a worker process could not be started: anything");
    }

    private static String explained(String message, Path java, File directory) {
        return JavaExecutable.notStarted(new IOException(message), java, directory).getMessage();
    }

    @Test
    void theKernelPrefersToKillAWorker() throws Exception {
        try (ProcessPoolExecutor pool = Pools.builder(1).build()) {
            int own = Integer.parseInt(Files.readString(OutOfMemoryScore.FILE).strip());
            assertThat(pool.submit(() -> Files.readString(OutOfMemoryScore.FILE).strip()).result(Await.PATIENCE))
                .isEqualTo(Integer.toString(Math.max(own, OutOfMemoryScore.WORKER)));
        }
    }

    @Test
    void theScoreIsOnlyRaised() throws Exception {
        Path file = this.directory.resolve("score");
        OutOfMemoryScore.raise(file);
        assertThat(file).doesNotExist();
        for (String[] each : new String[][] { { "0\n", "500" }, { "-900", "500" }, { "800\n", "800\n" },
                { "?", "?" } }) {
            Files.writeString(file, each[0]);
            OutOfMemoryScore.raise(file);
            assertThat(Files.readString(file)).startsWith(each[1]);
        }
    }

    @Test
    void moreMemoryThanThereIsIsWarnedOfOnce() throws Exception {
        try (LogCapture log = new LogCapture("dev.futures");
                ProcessPoolExecutor pool = Pools.builder(4)
                    .maxHeap(MemoryShare.totalMemory())
                    .jvmOptions(List.of(Pools.FAST, "-Xmx" + MemoryShare.totalMemory() / 2, "-Xms8m"))
                    .maxTasksPerChild(1)
                    .build()) {
            pool.submit(() -> 1).result(Await.PATIENCE);
            pool.submit(() -> 2).result(Await.PATIENCE);
            assertThat(log.messages()).filteredOn((message) -> message.contains("workers with a heap of up to"))
                .hasSize(1);
        }
    }

    @Test
    void heapsAreReadFromOptionsAndComparedWithTheMemory() {
        assertThat(MemoryShare.overcommitment(4, 256L << 20, 1L << 30, (name) -> name)).isNull();
        assertThat(MemoryShare.overcommitment(4, 257L << 20, 1L << 30, (name) -> "my." + name))
            .isEqualTo("4 workers with a heap of up to "
                    + "257 MiB each may need more than the 1024 MiB of memory of this machine or container, which then "
                    + "kills processes; lower my.maxWorkers or my.maxHeap");
        assertThat(MemoryShare.heapOf(List.of("-Xms9g", "-Xmx64M", "-XX:MaxHeapSize=2g", "-Xmx?"), 1))
            .isEqualTo(2L << 30);
        assertThat(MemoryShare.heapOf(List.of("-Xmx1024"), 1)).isEqualTo(1024);
        String units = "kKmMgGtT";
        for (int i = 0; i < units.length(); i++) {
            assertThat(MemoryShare.heapOf(List.of("-Xmx3" + units.charAt(i)), 1)).isEqualTo(3L << 10 * (i / 2 + 1));
        }
        assertThat(MemoryShare.heapOf(List.of("-Xmx1gx", "-Xmx"), 7)).isEqualTo(7);
        assertThat(MemoryShare.heapOf(List.of(), 7)).isEqualTo(7);
    }

}
