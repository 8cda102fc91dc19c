// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.futures.support.Application;
import dev.futures.support.Await;
import dev.futures.support.JavaProgram;
import dev.futures.support.LeakCheck;
import dev.futures.support.LogCapture;
import dev.futures.support.Work;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The start-up cache makes processes ready sooner, and nothing else.
 */
@ExtendWith(LeakCheck.class)
class StartupCacheTests {

    /** Nobody else can write there, as to a directory of the system. */
    @TempDir
    private static Path home;

    private static String classPath;

    @TempDir
    private Path directory;

    @BeforeAll
    static void makeJars() throws Exception {
        Path core = Application.jar(home.resolve("core.jar"), location(ProcessPoolExecutor.class));
        Path tests = Application.jar(home.resolve("tests.jar"), location(CachedApplication.class));
        classPath = core + ":" + tests;
    }

    private static Path location(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private Path cache() {
        return this.directory.resolve("cache");
    }

    private JavaProgram start(CachedApplication.Misdeed misdeed) throws IOException {
        return start(misdeed, "-Dnone");
    }

    private JavaProgram start(CachedApplication.Misdeed misdeed, String option) throws IOException {
        return JavaProgram.start(this.directory, Map.of(), List.of("-cp", classPath, CachedApplication.class.getName(),
                cache().toString(), this.directory.resolve("log").toString(), misdeed.name(), option));
    }

    private List<Path> files() {
        if (!Files.isDirectory(cache())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(cache())) {
            return files.toList();
        }
        catch (IOException ex) {
            throw new AssertionError(ex);
        }
    }

    private Path awaitFile() throws InterruptedException {
        Await.until("the cache is there", () -> files().stream().anyMatch(StartupCacheTests::isFinished));
        Await.until("nothing else is there", () -> files().size() == 1 && isFinished(files().get(0)));
        return files().get(0);
    }

    private static boolean isFinished(Path file) {
        return file.toString().endsWith(".jsa") || file.toString().endsWith(".aot");
    }

    private static void end(JavaProgram program) throws Exception {
        program.tell("end");
        assertThat(program.await("closed")).isEqualTo("0");
        assertThat(program.awaitExit()).isZero();
    }

    /** Runs the application once, so that there is a cache. */
    private Path make() throws Exception {
        try (JavaProgram program = start(CachedApplication.Misdeed.NONE)) {
            assertThat(program.await("worker")).endsWith(" bare");
            Path file = awaitToldFile(program);
            end(program);
            return file;
        }
    }

    private Path awaitToldFile(JavaProgram program) throws Exception {
        Path file = awaitFile();
        Await.until("the pool says so",
                () -> program.output()
                    .stream()
                    .anyMatch((line) -> line.contains("pool 'cached pool' has its startupCache: " + file)));
        return file;
    }

    @Test
    void theNextRunLoadsItsClassesFromIt() throws Exception {
        Path file = make();
        assertThat(file.getFileName().toString()).startsWith("cached_pool-");
        try (JavaProgram program = start(CachedApplication.Misdeed.NONE)) {
            String[] seen = program.await("worker").split(" ");
            assertThat(seen[1]).isEqualTo("cached");
            end(program);
            List<String> loaded = Files.readAllLines(this.directory.resolve("log." + seen[0]));
            for (Class<?> type : List.of(WorkerLoop.class, CachedApplication.Misdeed.class)) {
                assertThat(loaded).anyMatch((line) -> line.contains(" " + type.getName() + " source: shared objects"));
            }
        }
        assertThat(files()).containsExactly(file);
    }

    @Test
    void theNextProcessOfTheSameRunUsesIt() throws Exception {
        try (JavaProgram program = start(CachedApplication.Misdeed.NONE)) {
            assertThat(program.await("worker")).endsWith(" bare");
            Path file = awaitToldFile(program);
            // the process that is there already was started before
            for (int i = 2; i <= 3; i++) {
                ask(program, i);
            }
            end(program);
            assertThat(program.output()).anyMatch((line) -> line.matches("worker: \\d+ cached"));
            assertThat(files()).containsExactly(file);
        }
    }

    /** Has a worker answer again, for the given time. */
    private static void ask(JavaProgram program, int time) throws Exception {
        program.tell("again");
        Await.until("the pool goes on",
                () -> program.output().stream().filter((line) -> line.startsWith("worker: ")).count() == time);
    }

    @Test
    void onlyItsOwnerCanReadTheDirectory() throws Exception {
        make();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache()))).isEqualTo("rwx------");
    }

    @Test
    void anotherJarIsAnotherCache() throws Exception {
        Path first = make();
        Application.jar(home.resolve("tests.jar"), location(CachedApplication.class), "Comment", "another");
        try (JavaProgram program = start(CachedApplication.Misdeed.NONE)) {
            assertThat(program.await("worker")).endsWith(" bare");
            Await.until("there are two", () -> files().stream().filter((file) -> isFinished(file)).count() == 2);
            end(program);
        }
        assertThat(files()).contains(first);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = ".*_IN_TRAINING")
    void noPoolSuffersFromAnInitializerThatWouldNotBeTrained(CachedApplication.Misdeed misdeed) throws Exception {
        try (JavaProgram program = start(misdeed)) {
            assertThat(program.await("worker")).endsWith(" bare");
            Await.until("it was tried", () -> Files.exists(this.directory.resolve("log.training")));
            ask(program, 2);
            if (misdeed != CachedApplication.Misdeed.HANG_IN_TRAINING) {
                Await.until("it is told", () -> program.output()
                    .stream()
                    .anyMatch((line) -> line.contains("pool 'cached pool': the startupCache could not be made")));
            }
            end(program);
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void aJvmThatDoesNotComeUpWithItIsStartedWithout() throws Exception {
        make();
        try (JavaProgram program = start(CachedApplication.Misdeed.NONE,
                "-Djava.system.class.loader=" + CachedApplication.Loader.class.getName())) {
            assertThat(program.await("worker")).endsWith(" bare");
            ask(program, 2);
            end(program);
            assertThat(program.output())
                .anyMatch((line) -> line.contains("does without its startupCache from now on, and has deleted"));
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void anInitializerThatFailsIsNoReasonToDeleteIt() throws Exception {
        Path file = make();
        try (JavaProgram program = start(CachedApplication.Misdeed.EXIT_WITH_CACHE)) {
            assertThat(program.awaitExit()).isOne();
            assertThat(program.output()).anyMatch((line) -> line.contains("exited with status 7"));
        }
        assertThat(files()).containsExactly(file);
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 100, 100_000 })
    void aTruncatedFileIsMadeAnew(int length) throws Exception {
        Path file = make();
        damage(file, Arrays.copyOf(Files.readAllBytes(file), length));
    }

    @Test
    void aFileWithAnotherByteIsMadeAnew() throws Exception {
        Path file = make();
        byte[] content = Files.readAllBytes(file);
        content[content.length / 2]++;
        damage(file, content);
    }

    private void damage(Path file, byte[] content) throws Exception {
        Files.delete(file);
        Files.write(file, content);
        try (JavaProgram program = start(CachedApplication.Misdeed.NONE)) {
            assertThat(program.await("worker")).endsWith(" bare");
            assertThat(program.output()).anyMatch(
                    (line) -> line.contains("start-up cache " + file + " is damaged") && line.contains("deleted"));
            Path other = awaitToldFile(program);
            end(program);
            assertThat(Files.readAllBytes(other)).isNotEqualTo(content);
        }
        goesOn(" cached");
    }

    private List<String> goesOn(String expected) throws Exception {
        try (JavaProgram program = start(CachedApplication.Misdeed.NONE)) {
            assertThat(program.await("worker")).matches("\\d+" + expected);
            ask(program, 2);
            end(program);
            return program.output()
                .stream()
                .filter((line) -> line.startsWith("worker: "))
                .map((line) -> line.split(" ")[1])
                .toList();
        }
    }

    @Test
    void twoPoolsMayMakeItAtTheSameTime() throws Exception {
        try (JavaProgram one = start(CachedApplication.Misdeed.NONE);
                JavaProgram two = start(CachedApplication.Misdeed.NONE)) {
            for (JavaProgram each : List.of(one, two)) {
                Await.until("it has its file",
                        () -> each.output().stream().anyMatch((line) -> line.contains("has its startupCache")));
                end(each);
            }
        }
        assertThat(goesOn(" cached")).hasSize(2);
    }

    @Test
    void aPathThatIsSeveralHasNone() throws Exception {
        assertThat(warning(Pools.builder(1).startupCache(this.directory.resolve("a:b")))).contains("for several paths");
    }

    @Test
    void directoriesOfClassesHaveNone() throws Exception {
        assertThat(warning(Pools.builder(1).startupCache(cache()))).contains("does without its startupCache",
                "keep classes of jars only", location(CachedApplication.class).toString());
        assertThat(files()).isEmpty();
    }

    @Test
    void whoeverHasOptionsForThatHasNone() throws Exception {
        assertThat(warning(Pools.builder(1).startupCache(cache()).jvmOptions(List.of("-Xshare:auto"))))
            .contains("jvmOptions has -Xshare:auto");
    }

    @Test
    void anotherJavaHasNone() throws Exception {
        Path java = Files.writeString(this.directory.resolve("java"),
                "#!/bin/sh\nexec '" + Path.of(System.getProperty("java.home"), "bin", "java") + "' \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        assertThat(warning(Pools.builder(1).startupCache(cache()).java(java))).contains("a java of its own");
    }

    private static String warning(ProcessPoolBuilder builder) throws Exception {
        try (LogCapture log = new LogCapture("dev.futures"); ProcessPoolExecutor pool = builder.build()) {
            assertThat(pool.submit(Work::pid).result(Await.PATIENCE)).isPositive();
            return log.messages().toString();
        }
    }

    @Test
    void aFileIsNoDirectory() throws Exception {
        Path file = Files.createFile(this.directory.resolve("file"));
        assertThatIllegalArgumentException().isThrownBy(() -> Pools.builder(1).startupCache(file))
            .withMessage("startupCache must be a directory but was " + file + ", a file");
    }

}
