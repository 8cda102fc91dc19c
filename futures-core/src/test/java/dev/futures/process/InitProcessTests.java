// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.futures.Future;
import dev.futures.TaskAction;
import dev.futures.WorkerStatistics;
import dev.futures.support.Await;
import dev.futures.support.Gate;
import dev.futures.support.JavaProgram;
import dev.futures.support.LeakCheck;
import dev.futures.support.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A pool in a JVM that is the first process of its container, which nobody else's orphans
 * are reaped for. Where a name space of its own is not permitted, the same program runs
 * as an ordinary process.
 */
@ExtendWith(LeakCheck.class)
class InitProcessTests {

    private static final List<String> UNSHARE = List.of("unshare", "--pid", "--fork", "--kill-child", "--mount-proc");

    @TempDir
    private Path directory;

    private static List<String> wrapper() throws Exception {
        List<String> command = new ArrayList<>(UNSHARE);
        command.add("true");
        try {
            Process trial = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
            trial.getOutputStream().close();
            boolean ended = trial.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return (ended && trial.exitValue() == 0) ? UNSHARE : List.of();
        }
        catch (IOException ex) {
            return List.of();
        }
    }

    @Test
    void aPoolUnderTheFirstProcessLosesWorkersAndLeavesNoZombie() throws Exception {
        List<String> wrapper = wrapper();
        try (JavaProgram program = JavaProgram.startUnder(wrapper, Program.class, List.of(), Map.of(), "close",
                Gate.in(this.directory).directory().toString())) {
            long pid = Long.parseLong(program.await("pid"));
            assertThat(pid == 1).as("the first process").isEqualTo(!wrapper.isEmpty());
            assertThat(program.await("lost")).isEqualTo("3");
            assertThat(program.await("works")).isEqualTo("42");
            assertThat(program.await("left")).isEqualTo("[]");
            assertThat(program.awaitExit()).isZero();
        }
    }

    @Test
    void killingTheFirstProcessEndsEverything() throws Exception {
        Gate gate = Gate.in(this.directory);
        try (JavaProgram program = JavaProgram.startUnder(wrapper(), Program.class, List.of(), Map.of(), "stay",
                gate.directory().toString())) {
            assertThat(program.await("lost")).isEqualTo("3");
            gate.awaitEntered(5);
            List<ProcessHandle> all = program.descendants();
            assertThat(all).as("the program and its workers").hasSizeGreaterThanOrEqualTo(2);
            program.jvm().destroyForcibly();
            Await.until("all are dead", () -> all.stream().noneMatch(ProcessHandle::isAlive));
            program.awaitExit();
        }
    }

    /** Loses workers, and then closes its pool or stays. */
    static final class Program {

        private Program() {
        }

        public static void main(String[] args) throws Exception {
            Gate gate = new Gate(Path.of(args[1]).toFile());
            System.out.println("pid: " + Work.pid());
            ProcessPoolExecutor pool = Pools.builder(2).build();
            int lost = 0;
            for (int entered = 1; entered <= 3; entered++) {
                Future<?> future = pool.submit((TaskAction) gate::blockForEver);
                gate.awaitEntered(entered);
                kill(pool);
                lost += (future.exception(Await.PATIENCE) instanceof WorkerDiedException) ? 1 : 0;
            }
            System.out.println("lost: " + lost);
            if (args[0].equals("stay")) {
                pool.submit((TaskAction) gate::spinForEver);
                pool.submit((TaskAction) gate::blockForEver);
                Work.blockForEver();
            }
            System.out.println("works: " + pool.submit(() -> 42).result(Await.PATIENCE));
            pool.close();
            List<String> left = new ArrayList<>();
            // the JDK reaps a process some time after it has ended
            boolean unused = Await.happens(Await.PATIENCE.dividedBy(3), () -> {
                left.clear();
                ProcessHandle.current()
                    .descendants()
                    .forEach((each) -> left.add(each.pid() + " in state " + Charge.state(each.pid())));
                return left.isEmpty();
            });
            System.out.println("left: " + left);
        }

        private static void kill(ProcessPoolExecutor pool) {
            pool.statistics()
                .workers()
                .stream()
                .filter((worker) -> worker.state() == WorkerStatistics.State.BUSY)
                .forEach((worker) -> ProcessHandle.of(worker.pid()).ifPresent(ProcessHandle::destroyForcibly));
        }

    }

}
