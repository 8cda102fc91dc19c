// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.futures.support.Await;
import dev.futures.support.JavaProgram;
import dev.futures.support.LeakCheck;
import dev.futures.support.LogCapture;
import dev.futures.support.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What a worker process gets from its parent, and what it does not.
 */
@ExtendWith(LeakCheck.class)
class EnvironmentTests {

    private static final long MIB = 1024 * 1024;

    @TempDir
    private Path directory;

    @Test
    void theHeapLimitIsReal() throws Exception {
        try (ProcessPoolExecutor pool = Pools.builder(1).maxHeap(40 * MIB).build()) {
            assertThat(pool.submit(() -> Runtime.getRuntime().maxMemory()).result(Await.PATIENCE)).isBetween(20 * MIB,
                    41 * MIB);
        }
    }

    @Test
    void optionsOfTheUserWin() throws Exception {
        try (ProcessPoolExecutor pool = Pools.builder(1)
            .maxHeap(40 * MIB)
            .jvmOptions(List.of(Pools.FAST, "-Xmx80m", "-Dwith.blanks=a \"b\" \\c"))
            .build()) {
            assertThat(pool.submit(() -> Runtime.getRuntime().maxMemory()).result(Await.PATIENCE))
                .isGreaterThan(60 * MIB);
            assertThat(pool.submit(() -> System.getProperty("with.blanks")).result(Await.PATIENCE))
                .isEqualTo("a \"b\" \\c");
        }
    }

    @Test
    void aProcessKnowsThatItIsAWorker() throws Exception {
        assertThat(ProcessPoolExecutor.isWorkerProcess()).isFalse();
        try (ProcessPoolExecutor pool = Pools.builder(1).build()) {
            assertThat(pool.submit(ProcessPoolExecutor::isWorkerProcess).result(Await.PATIENCE)).isTrue();
            assertThat(pool.submit(Work::pid).result(Await.PATIENCE))
                .isEqualTo(pool.statistics().workers().get(0).pid())
                .isNotEqualTo(Work.pid());
        }
    }

    @Test
    void theWorkingDirectoryIsThatOfThePool() throws Exception {
        try (ProcessPoolExecutor pool = Pools.builder(1).workingDirectory(this.directory).build()) {
            assertThat(pool.submit(() -> new File("").getAbsolutePath()).result(Await.PATIENCE))
                .isEqualTo(this.directory.toString());
        }
        try (ProcessPoolExecutor pool = Pools.builder(1).build()) {
            assertThat(pool.submit(() -> new File("").getAbsolutePath()).result(Await.PATIENCE))
                .isEqualTo(new File("").getAbsolutePath());
        }
    }

    @Test
    void standardInputIsEmpty() throws Exception {
        try (ProcessPoolExecutor pool = Pools.builder(1).build()) {
            assertThat(pool.submit(() -> System.in.read()).result(Await.PATIENCE)).isEqualTo(-1);
            assertThat(pool.submit(() -> {
                System.in.close();
                return 1;
            }).result(Await.PATIENCE)).isEqualTo(1);
            assertThat(pool.submit(() -> 2).result(Await.PATIENCE)).isEqualTo(2);
        }
    }

    @Test
    void outputGoesToTheLogWithThePid() throws Exception {
        try (LogCapture log = new LogCapture("dev.futures.worker.talking");
                ProcessPoolExecutor pool = Pools.builder(1).name("talking").build()) {
            long pid = pool.submit(() -> {
                System.out.println("gr\u00fc\u00dfe");
                System.err.print("no end of line");
                return Work.pid();
            }).result(Await.PATIENCE);
            pool.close();
            Await.until("both lines are logged", () -> log.messages().size() == 2);
            assertThat(log.messages()).containsExactlyInAnyOrder("[pid " + pid + "] gr\u00fc\u00dfe",
                    "[pid " + pid + "] no end of line");
        }
    }

    @Test
    void aProcessWithoutStandardStreamsStillAnswers() throws Exception {
        try (ProcessPoolExecutor pool = Pools.builder(1).build()) {
            long pid = pool.submit(() -> {
                System.out.close();
                System.err.close();
                return Work.pid();
            }).result(Await.PATIENCE);
            assertThat(pool.submit(Work::pid).result(Await.PATIENCE)).isEqualTo(pid);
        }
    }

    @Test
    void variablesOfThePoolAreSetThoseForJvmsIncluded() throws Exception {
        Map<String, String> environment = Map.of("GREETING", "hello", "JAVA_TOOL_OPTIONS", "-Dfrom.user=yes");
        try (LogCapture log = new LogCapture("dev.futures.worker.environment");
                ProcessPoolExecutor pool = Pools.builder(1).name("environment").environment(environment).build()) {
            assertThat(pool.submit(() -> System.getenv("GREETING")).result(Await.PATIENCE)).isEqualTo("hello");
            assertThat(pool.submit(() -> System.getProperty("from.user")).result(Await.PATIENCE)).isEqualTo("yes");
            Await.until("the child's JVM tells about it", () -> !log.messages().isEmpty());
        }
    }

    @Test
    void onlyTheVariablesThatThePoolNamesAreInherited() throws Exception {
        try (ProcessPoolExecutor pool = Pools.builder(1)
            .inheritedVariables(List.of("PATH", "HO*"))
            .environment(Map.of("GREETING", "hello"))
            .build()) {
            // names only: a failure must not print what is secret
            Set<String> expected = new HashSet<>(System.getenv().keySet());
            expected.removeIf((name) -> !name.equals("PATH") && !name.startsWith("HO"));
            expected.addAll(List.of("GREETING", ProcessTree.VARIABLE));
            assertThat(variables(pool)).isEqualTo(expected).contains("PATH");
            assertThat(pool.submit(() -> System.getenv("GREETING")).result(Await.PATIENCE)).isEqualTo("hello");
        }
    }

    @Test
    void aProcessNeedsNoVariableAtAll() throws Exception {
        try (ProcessPoolExecutor pool = Pools.builder(1).inheritedVariables(List.of()).build()) {
            assertThat(variables(pool)).containsExactly(ProcessTree.VARIABLE);
        }
    }

    private static Set<String> variables(ProcessPoolExecutor pool) throws Exception {
        return pool.submit(() -> new HashSet<>(System.getenv().keySet())).result(Await.PATIENCE);
    }

    @Test
    void whatCannotNameAVariableIsRefused() {
        for (String pattern : List.of("", "A=B", "*_PASSWORD", "A\0", "PATH,HOME", "PATH ", "SECRE?", "[A-Z]*",
                "!SECRET")) {
            assertThatIllegalArgumentException()
                .isThrownBy(() -> ProcessPoolExecutor.builder().inheritedVariables(List.of("PATH", pattern)))
                .withMessageContaining("such as PATH or LC_*");
        }
    }

    @Test
    void optionsForTheParentAreNotInherited() throws Exception {
        try (JavaProgram program = JavaProgram.start(Program.class, List.of("-Dof.parent=yes"),
                Map.of("JAVA_TOOL_OPTIONS", "-Dinherited=yes", "LOADER_PATH", "elsewhere", "KEPT", "yes"))) {
            assertThat(program.await("parent")).isEqualTo("yes elsewhere yes yes");
            assertThat(program.await("worker")).isEqualTo("null null yes null");
            assertThat(program.awaitExit()).isZero();
        }
    }

    @Test
    void aLongTemporaryDirectoryIsNoObstacle() throws Exception {
        Path deep = Files.createDirectories(this.directory.resolve("x".repeat(150)));
        try (JavaProgram program = JavaProgram.start(Program.class, List.of("-Djava.io.tmpdir=" + deep), Map.of())) {
            assertThat(program.await("worker")).startsWith("null");
            assertThat(program.awaitExit()).isZero();
            assertThat(deep).isEmptyDirectory();
        }
    }

    @Test
    void aStrangeTemporaryDirectoryIsNoObstacle() throws Exception {
        Path strange = Files.createDirectories(this.directory.resolve("a b'c\"d\\e"));
        try (JavaProgram program = JavaProgram.start(Program.class, List.of("-Djava.io.tmpdir=" + strange), Map.of())) {
            assertThat(program.await("worker")).startsWith("null");
            assertThat(program.awaitExit()).isZero();
            assertThat(strange).isEmptyDirectory();
        }
    }

    @Test
    void whatADeadParentLeftBehindIsRemoved() throws Exception {
        Path dead = Files.createDirectory(this.directory.resolve("futures-worker-999999999-1"));
        Files.createFile(dead.resolve("s"));
        Path alive = Files.createDirectory(this.directory.resolve("futures-worker-" + Work.pid() + "-2"));
        Path foreign = Files.createDirectory(this.directory.resolve("futures-worker-trading-2026"));
        FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofHours(2)));
        for (Path each : List.of(dead, alive, foreign)) {
            Files.setLastModifiedTime(each, longAgo);
        }
        // perhaps of another container, whose processes cannot be seen
        Path young = Files.createDirectory(this.directory.resolve("futures-worker-999999999-3"));
        try (JavaProgram program = JavaProgram.start(Program.class, List.of("-Djava.io.tmpdir=" + this.directory),
                Map.of())) {
            assertThat(program.awaitExit()).isZero();
        }
        try (var left = Files.list(this.directory)) {
            assertThat(left).containsExactlyInAnyOrder(alive, foreign, young);
        }
    }

    @Test
    void whatIsForeignIsNeitherTouchedNorAnObstacle() throws Exception {
        Path target = Files.createDirectory(this.directory.resolve("target"));
        Files.createFile(target.resolve("a"));
        Path tmp = Files.createDirectory(this.directory.resolve("tmp"));
        Path link = Files.createSymbolicLink(tmp.resolve("futures-worker-999999999-9"), target);
        assertThat(new ProcessBuilder("touch", "-h", "-t", "200001010000", link.toString()).start().waitFor()).isZero();
        List<Path> kept = new ArrayList<>(List.of(link));
        FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofHours(2)));
        for (int i = 0; i < 8; i++) {
            kept.add(Files.createDirectory(tmp.resolve("futures-worker-trading" + i + "-1")));
            kept.add(Files.createDirectory(tmp.resolve("futures-worker-" + "9".repeat(20 + i) + "-1")));
            Path dead = Files.createDirectory(tmp.resolve("futures-worker-999999999-" + i));
            Files.createFile(dead.resolve("a"));
            Files.setLastModifiedTime(dead, longAgo);
        }
        for (Path each : kept.subList(1, kept.size())) {
            Files.setLastModifiedTime(each, longAgo);
        }
        Path recent = Files.createDirectory(tmp.resolve("futures-worker-999999999-10"));
        Files.setLastModifiedTime(recent, FileTime.from(Instant.now().minus(Duration.ofMinutes(30))));
        kept.add(recent);
        try (JavaProgram program = JavaProgram.start(Program.class, List.of("-Djava.io.tmpdir=" + tmp), Map.of())) {
            assertThat(program.awaitExit()).isZero();
        }
        assertThat(target.resolve("a")).exists();
        try (var left = Files.list(tmp)) {
            assertThat(left).containsExactlyInAnyOrderElementsOf(kept);
        }
    }

    @Test
    void processesAreNotNestedForEver() throws Exception {
        try (ProcessPoolExecutor pool = Pools.builder(1).jvmOptions(List.of("-Dfutures.worker.depth=4")).build()) {
            assertThat(pool.submit(() -> new ProcessPoolExecutor(1).name()).exception(Await.PATIENCE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("already nested 4 deep");
        }
    }

    @Test
    void aProcessIgnoresTheInterruptOfATerminal() throws Exception {
        try (ProcessPoolExecutor pool = Pools.builder(1).build()) {
            long pid = pool.submit(Work::pid).result(Await.PATIENCE);
            assertThat(new ProcessBuilder("kill", "-INT", String.valueOf(pid)).start().waitFor()).isZero();
            assertThat(pool.submit(Work::pid).result(Await.PATIENCE)).isEqualTo(pid);
        }
    }

    /** Says what it sees itself and what its worker sees. */
    static final class Program {

        private Program() {
        }

        public static void main(String[] args) throws Exception {
            System.out.println("parent: " + seen());
            try (ProcessPoolExecutor pool = Pools.builder(1).build()) {
                System.out.println("worker: " + pool.submit(Program::seen).result(Await.PATIENCE));
            }
        }

        private static String seen() throws IOException {
            return System.getProperty("inherited") + " " + System.getenv("LOADER_PATH") + " " + System.getenv("KEPT")
                    + " " + System.getProperty("of.parent");
        }

    }

}
