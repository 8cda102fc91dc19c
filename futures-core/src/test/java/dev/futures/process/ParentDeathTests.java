// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import dev.futures.TaskAction;
import dev.futures.support.Await;
import dev.futures.support.Gate;
import dev.futures.support.JavaProgram;
import dev.futures.support.LeakCheck;
import dev.futures.support.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Worker processes do not outlive their parent, however that ends.
 */
@ExtendWith(LeakCheck.class)
class ParentDeathTests {

    @TempDir
    private Path directory;

    /** How the parent ends. */
    enum End {

        KILLED, EXIT, HALT

    }

    @ParameterizedTest
    @EnumSource
    void noWorkerOutlivesItsParent(End end) throws Exception {
        Gate gate = Gate.in(this.directory);
        Path temporary = Files.createDirectory(this.directory.resolve("tmp"));
        try (JavaProgram program = JavaProgram.start(Program.class, List.of("-Djava.io.tmpdir=" + temporary), Map.of(),
                end.name(), gate.directory().toString())) {
            List<ProcessHandle> workers = Arrays.stream(program.await("workers").split(" "))
                .map((pid) -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
                .toList();
            assertThat(workers).hasSize(3);
            if (end == End.KILLED) {
                program.kill();
            }
            else {
                gate.letPass();
                program.awaitExit();
            }
            Await.until("the workers are dead", () -> workers.stream().noneMatch(ProcessHandle::isAlive));
        }
        try (var left = Files.list(temporary)) {
            assertThat(left.filter((path) -> path.getFileName().toString().startsWith("futures-"))).isEmpty();
        }
    }

    @Test
    void aParentThatIsKilledWhileAWorkerGetsReadyLeavesNone() throws Exception {
        Gate gate = Gate.in(this.directory);
        try (JavaProgram program = JavaProgram.start(SlowStart.class, List.of(), Map.of(),
                gate.directory().toString())) {
            ProcessHandle worker = ProcessHandle.of(Long.parseLong(program.await("starting"))).orElseThrow();
            gate.awaitEntered(1);
            program.kill();
            Await.until("the worker is dead", () -> !worker.isAlive());
        }
    }

    /** Has one endless, one blocked and one idle worker. */
    static final class Program {

        private Program() {
        }

        public static void main(String[] args) throws Exception {
            Gate gate = new Gate(Path.of(args[1]).toFile());
            ProcessPoolExecutor pool = Pools.builder(3).build();
            pool.submit((TaskAction) gate::spinForEver);
            pool.submit((TaskAction) gate::blockForEver);
            gate.awaitEntered(2);
            long idle = pool.submit(Work::pid).result(Await.PATIENCE);
            StringBuilder pids = new StringBuilder();
            pool.statistics().workers().forEach((worker) -> pids.append(worker.pid()).append(' '));
            if (pids.indexOf(String.valueOf(idle)) >= 0) {
                System.out.println("workers: " + pids.toString().trim());
            }
            gate.pass(1);
            if (End.valueOf(args[0]) == End.EXIT) {
                System.exit(0);
            }
            Runtime.getRuntime().halt(0);
        }

    }

    /** Has a worker that never gets ready. */
    static final class SlowStart {

        private SlowStart() {
        }

        public static void main(String[] args) throws Exception {
            Gate gate = new Gate(Path.of(args[0]).toFile());
            ProcessPoolExecutor pool = Pools.builder(1).initializer(gate::blockForEver).build();
            pool.submit(() -> 1);
            gate.awaitEntered(1);
            System.out.println("starting: " + pool.statistics().workers().get(0).pid());
        }

    }

}
