// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;

import dev.futures.support.Await;
import dev.futures.support.LeakCheck;
import dev.futures.support.LogCapture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A thread that reads what a child writes, and when it ends.
 */
@ExtendWith(LeakCheck.class)
class OutputPumpTests {

    private static final Duration SHORT = Duration.ofMillis(1);

    /** Neither by its parent nor by its environment is the sleeper known. */
    private static final String ESCAPED = "env -i sleep 300 & echo survivor $!; echo complaint >&2; read end";

    private final LogCapture log = new LogCapture("dev.futures.worker.pump");

    @AfterEach
    void closeLog() {
        this.log.close();
    }

    private static Process shell(String script) throws IOException {
        return new ProcessBuilder("sh", "-c", script).start();
    }

    /** Its input ends, and so does it. */
    private static void end(Process process) throws Exception {
        process.getOutputStream().close();
        process.waitFor();
    }

    private static boolean isRunning(String thread) {
        return Thread.getAllStackTraces().keySet().stream().anyMatch((each) -> each.getName().equals(thread));
    }

    private static ProcessHandle survivor(List<String> lines) {
        return ProcessHandle.of(Long.parseLong(lines.get(0).substring("survivor ".length()))).orElseThrow();
    }

    @Test
    void itEndsThoughSomebodyElseHoldsThePipeOpen() throws Exception {
        Process process = shell(ESCAPED);
        OutputPump pump = OutputPump.start(OutputPipe.of(process, 1),
                new OutputLog(System.getLogger("dev.futures.worker.pump"), Level.INFO, "> "), "pump-under-test");
        Await.until("it is logged", () -> !this.log.messages().isEmpty());
        end(process);
        ProcessHandle survivor = survivor(pump.lastLines(SHORT));
        try {
            assertThat(isRunning("pump-under-test")).isTrue();
            pump.close(SHORT);
            Await.until("the thread has ended", () -> !isRunning("pump-under-test"));
            assertThat(survivor.isAlive()).isTrue();
        }
        finally {
            survivor.destroyForcibly();
            process.getErrorStream().close();
        }
    }

    @Test
    void aChildThatIsClosedLeavesNoThreadThoughSomebodyElseHoldsItsPipes() throws Exception {
        Process process = shell(ESCAPED);
        WorkerProcess child = new WorkerProcess(process, "unknown", "pump", "worker-under-test");
        Await.until("both lines are logged", () -> this.log.messages().size() == 2);
        end(process);
        ProcessHandle survivor = survivor(List.of(this.log.messages()
            .stream()
            .filter((line) -> line.contains("survivor"))
            .findFirst()
            .orElseThrow()
            .replaceFirst("\\[pid \\d+] ", "")));
        try {
            child.close();
            Await.until("the threads have ended",
                    () -> !isRunning("worker-under-test-stdout") && !isRunning("worker-under-test-stderr"));
            assertThat(survivor.isAlive()).isTrue();
        }
        finally {
            survivor.destroyForcibly();
        }
    }

    @Test
    void whatADeadChildHasWrittenIsReadToItsEnd() throws Exception {
        Process process = shell("i=0; while [ $i -lt 500 ]; do echo line $i; i=$((i+1)); done");
        WorkerProcess child = new WorkerProcess(process, "unknown", "pump", "worker");
        child.close();
        Await.until("what it wrote before it was killed is logged", () -> !isRunning("worker-stdout"));
        Process other = shell("i=0; while [ $i -lt 500 ]; do echo line $i; i=$((i+1)); done");
        other.waitFor();
        WorkerProcess late = new WorkerProcess(other, "unknown", "pump", "worker");
        late.close();
        Await.until("everything is logged", () -> this.log.messages().contains("[pid " + late.pid() + "] line 499"));
    }

    @Test
    void aFileIsNoPipe() throws Exception {
        Process process = new ProcessBuilder("sh", "-c", "echo said").redirectError(Redirect.DISCARD).start();
        WorkerProcess child = new WorkerProcess(process, "unknown", "pump", "worker");
        assertThat(child.exitStatus()).isZero();
        assertThat(child.lastLines()).isEmpty();
        child.close();
        Await.until("it is logged", () -> !this.log.messages().isEmpty());
        assertThat(this.log.messages()).hasSize(1).first().asString().endsWith("said");
    }

}
