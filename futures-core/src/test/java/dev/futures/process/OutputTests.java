// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.futures.TaskAction;
import dev.futures.support.Await;
import dev.futures.support.LeakCheck;
import dev.futures.support.LogCapture;
import dev.futures.support.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of the output of worker processes.
 */
@ExtendWith(LeakCheck.class)
class OutputTests {

    private static final int MIB = 1024 * 1024;

    private static final Pattern SUMMARY = Pattern
        .compile("\\[pid \\d+] (\\d+) lines? \\((\\d+) bytes\\) .* left out: .*");

    private static ProcessPoolExecutor pool(String name) {
        return Pools.builder(1).name(name).build();
    }

    private static LogCapture log(String pool) {
        return new LogCapture("dev.futures.worker." + pool);
    }

    /** How many lines the child has written, according to the log. */
    private static long lines(LogCapture log) {
        return log.messages().stream().map(SUMMARY::matcher).mapToLong((line) -> number(line, 1, 1)).sum();
    }

    private static long number(Matcher line, int group, long otherwise) {
        return line.matches() ? Long.parseLong(line.group(group)) : otherwise;
    }

    private static List<String> lines(LogCapture log, long pid) {
        String prefix = "[pid " + pid + "] ";
        return log.messages().stream().map((line) -> line.substring(prefix.length())).toList();
    }

    private static OutputStream output() {
        return new FileOutputStream(FileDescriptor.out);
    }

    @SuppressWarnings("resource")
    private static int print(int mebibytes) throws IOException {
        byte[] lines = "0123456789abcde\n".repeat(MIB / 16).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < mebibytes; i++) {
            output().write(lines);
        }
        return mebibytes;
    }

    @Test
    void aTaskMayPrintAsMuchAsItLikes() throws Exception {
        int mebibytes = 256;
        try (LogCapture log = log("flood"); ProcessPoolExecutor pool = pool("flood")) {
            assertThat(pool.submit(() -> print(mebibytes)).result(Await.PATIENCE)).isEqualTo(mebibytes);
            long pid = pool.submit(Work::pid).result(Await.PATIENCE);
            pool.close();
            Await.until("all lines are accounted for", () -> lines(log) == mebibytes * (MIB / 16));
            assertThat(log.messages().size()).isBetween(OutputRate.BURST, 100_000);
            assertThat(lines(log, pid).subList(0, OutputRate.BURST / 2)).containsOnly("0123456789abcde");
            assertThat(log.messages()).last().asString().matches(SUMMARY);
        }
    }

    @Test
    void aLogThatBlocksHoldsUpNobody() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        try (LogCapture log = log("blocked");
                AutoCloseable blocked = handler("blocked", (message) -> awaitUninterruptibly(latch));
                ProcessPoolExecutor pool = pool("blocked")) {
            try {
                assertThat(pool.submit(() -> print(16)).result(Await.PATIENCE)).isEqualTo(16);
                assertThat(pool.submit(() -> print(1)).result(Await.PATIENCE)).isEqualTo(1);
                pool.close();
                assertThat(log.messages()).as("those that are taken before it blocks").hasSizeLessThan(2);
            }
            finally {
                latch.countDown();
            }
            Await.until("all lines are accounted for", () -> lines(log) == 17 * (MIB / 16));
            assertThat(log.messages()).hasSizeBetween(OutputQueue.MAX_LINES / 2, OutputQueue.MAX_LINES * 3);
            assertThat(log.messages()).last().asString().matches(SUMMARY);
        }
    }

    /** Calls something for each line that is logged. */
    private static AutoCloseable handler(String pool, Predicate<String> action) {
        Handler handler = new Handler() {

            @Override
            public void publish(LogRecord entry) {
                boolean unused = action.test(entry.getMessage());
            }

            @Override
            public void flush() {
            }

            @Override
            public void close() {
            }

        };
        Logger logger = Logger.getLogger("dev.futures.worker." + pool);
        logger.addHandler(handler);
        return () -> logger.removeHandler(handler);
    }

    private static boolean awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        }
        catch (InterruptedException ex) {
            return false;
        }
    }

    @Test
    void aLogThatFailsLosesALineButNotTheNext() throws Exception {
        try (LogCapture other = new LogCapture("dev.futures");
                LogCapture log = log("failing");
                AutoCloseable failing = handler("failing", OutputTests::failFor);
                ProcessPoolExecutor pool = pool("failing")) {
            pool.submit((TaskAction) () -> System.out.println("bad\nworse\ngood")).result(Await.PATIENCE);
            Await.until("the last line is logged",
                    () -> log.messages().stream().anyMatch((line) -> line.endsWith("good")));
            assertThat(other.messages()).filteredOn((message) -> message.contains("could not be logged")).hasSize(1);
        }
    }

    private static boolean failFor(String line) {
        if (line.endsWith("bad")) {
            throw new IllegalStateException("no space left");
        }
        if (line.endsWith("worse")) {
            throw new StackOverflowError();
        }
        return true;
    }

    @Test
    void garbageIsHarmless() throws Exception {
        try (LogCapture log = log("garbage"); ProcessPoolExecutor pool = pool("garbage")) {
            pool.submit((TaskAction) () -> {
                byte[] bytes = new byte[100_000];
                new Random(1).nextBytes(bytes);
                output().write(bytes);
            }).result(Await.PATIENCE);
            assertThat(pool.submit(() -> 1).result(Await.PATIENCE)).isEqualTo(1);
            pool.close();
            Await.until("it is logged", () -> log.messages().size() > 300);
            assertThat(log.messages())
                .allMatch((line) -> line.chars().allMatch((next) -> next == '\t' || !Character.isISOControl(next)));
        }
    }

    @Test
    void aLineWithoutEndComesInPieces() throws Exception {
        try (LogCapture log = log("endless"); ProcessPoolExecutor pool = pool("endless")) {
            long pid = pool.submit(() -> {
                output().write("x".repeat(10 * MIB).getBytes(StandardCharsets.US_ASCII));
                return Work.pid();
            }).result(Await.PATIENCE);
            pool.close();
            Await.until("all pieces are accounted for", () -> lines(log) == 10 * MIB / LineSplitter.MAX_LINE);
            assertThat(lines(log, pid)).allMatch((line) -> line.length() <= LineSplitter.MAX_LINE);
        }
    }

    @Test
    void untrustedTextCannotForgeLines() throws Exception {
        try (LogCapture log = log("forger"); ProcessPoolExecutor pool = pool("forger")) {
            long pid = pool.submit(() -> {
                System.out.println("fine\r[pid 1] forged \u001b[2J");
                return Work.pid();
            }).result(Await.PATIENCE);
            Await.until("it is logged", () -> !log.messages().isEmpty());
            assertThat(log.messages()).containsExactly("[pid " + pid + "] fine\ufffd[pid 1] forged \ufffd[2J");
        }
    }

    @Test
    void bothStreamsKeepTheirOrder() throws Exception {
        try (LogCapture log = log("both"); ProcessPoolExecutor pool = pool("both")) {
            pool.submit((TaskAction) () -> {
                for (int i = 0; i < 500; i++) {
                    System.out.println("out " + i);
                    System.err.println("err " + i);
                }
            }).result(Await.PATIENCE);
            pool.close();
            Await.until("all is logged", () -> log.messages().size() == 1000);
            for (String stream : List.of("out ", "err ")) {
                assertThat(log.messages().stream().filter((line) -> line.contains(stream)).map(OutputTests::number))
                    .hasSize(500)
                    .isSorted();
            }
        }
    }

    private static int number(String line) {
        return Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1));
    }

    @Test
    void theLastWordsAreThereEvenIfTheyAreNotLogged() throws Exception {
        try (LogCapture log = new LogCapture("dev.futures"); ProcessPoolExecutor pool = pool("last")) {
            WorkerDiedException died = (WorkerDiedException) pool.submit((TaskAction) () -> {
                for (int i = 0; i < 20_000; i++) {
                    System.err.println("line " + i);
                }
                Runtime.getRuntime().halt(1);
            }).exception(Await.PATIENCE);
            assertThat(died.lastOutput()).hasSize(LastLines.COUNT).startsWith("line 19980").endsWith("line 19999");
            pool.close();
            Await.until("the rest is accounted for",
                    () -> log.messages().stream().anyMatch((line) -> SUMMARY.matcher(line).matches()));
        }
    }

    @Test
    void aTaskMayReplaceTheStreams() throws Exception {
        try (LogCapture log = log("replaced"); ProcessPoolExecutor pool = pool("replaced")) {
            pool.submit((TaskAction) () -> {
                System.out.print("written before");
                System.setOut(new Hostile());
                System.setErr(null);
                System.out.println("lost");
            }).result(Await.PATIENCE);
            long pid = pool.submit(Work::pid).result(Await.PATIENCE);
            pool.close();
            Await.until("the buffered text is logged", () -> !log.messages().isEmpty());
            assertThat(log.messages()).containsExactly("[pid " + pid + "] written before");
        }
    }

    /** Fails whatever is done to it. */
    private static final class Hostile extends PrintStream {

        Hostile() {
            super(OutputStream.nullOutputStream());
        }

        @Override
        public void flush() {
            throw new StackOverflowError("flush");
        }

    }

}
