// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.report;

import java.util.List;

import dev.futures.benchmarks.processes.IdleMemory;
import dev.futures.benchmarks.processes.LargePayload;
import dev.futures.benchmarks.processes.MapOfNoOps;
import dev.futures.benchmarks.processes.PdfPages;
import dev.futures.benchmarks.processes.RealWork;
import dev.futures.benchmarks.processes.RoundTrip;
import dev.futures.benchmarks.processes.StarterStart;
import dev.futures.benchmarks.processes.TextExtraction;
import dev.futures.benchmarks.processes.WorkerReplacement;
import dev.futures.benchmarks.processes.WorkerStart;

/**
 * What is promised of process pools and of starting up.
 */
final class ProcessRows {

    private static final Contestant PYTHON = Contestant.python("python", "CPython `ProcessPoolExecutor`");

    private static final Contestant PING_PONG = Contestant.of("ping-pong", "raw ping-pong");

    private static final Contestant IDEAL = Contestant.of("ideal", "2 workers that need nobody");

    private static final Contestant UNCACHED = Contestant.of("futures-uncached", "futures, no cache");

    private static final Contestant BARE = Contestant.of("bare-jvm", "bare JVM");

    private static final Contestant BARE_CACHED = Contestant.of("bare-jvm-cached", "bare JVM, cache of its own");

    private static final Contestant START = Contestant.of("start", "start of a worker");

    private static final Contestant THREADS = Contestant.of("threads", "2 threads");

    private static final Contestant TIKA = Contestant.of("tika", "Tika `ForkParser`");

    private ProcessRows() {
    }

    static List<Row> all() {
        return List.of(roundTrip(), map(), largePayload(), realWork(), start(), replacement(), memory(), sample(),
                starter());
    }

    private static Row roundTrip() {
        return Row.of("process-round-trip", "process pool, round trip of a no-op",
                "at most 1.5 times the raw ping-pong measured with the same placement; at least 4 times faster than CPython",
                "One worker. The raw ping-pong is 256 bytes that go to another JVM and back over a Unix domain socket, "
                        + "with one thread on each side that blocks. Where the system puts parent and child decides more "
                        + "than anything else, so both are pinned.",
                roundTrip("one processor", "shared").needing(Need.PINNING),
                roundTrip("two processors", "apart").needing(Need.PINNING_APART));
    }

    private static Measure roundTrip(String name, String placement) {
        return Measure.of(name, RoundTrip.class, "roundTrips", "us a round trip")
            .with("placement", placement)
            .against(PING_PONG, PYTHON)
            .promising(Bound.atMost(1.5, PING_PONG.id()), Bound.atMost(0.25, PYTHON.id()));
    }

    private static Row map() {
        return Row.of("process-map", "process pool, map of 20,000 no-ops, chunk 1 / chunk 100",
                "at least 40 times / at least 4 times CPython's rate", "Two workers.", map("chunk 1", "1", 40),
                map("chunk 100", "100", 4));
    }

    private static Measure map(String name, String chunk, int limit) {
        return Measure.of(name, MapOfNoOps.class, "map", "inputs/s")
            .with("chunk", chunk)
            .against(PYTHON)
            .promising(Bound.atLeast(limit, PYTHON.id()));
    }

    private static Row largePayload() {
        return Row.of("process-large-payload", "process pool, 10 MiB there and back",
                "at most a quarter of CPython's time", "One worker.",
                Measure.of("", LargePayload.class, "thereAndBack", "ms")
                    .against(PYTHON)
                    .promising(Bound.atMost(0.25, PYTHON.id())));
    }

    private static Row realWork() {
        return Row.of("process-real-work", "process pool, 100-byte records, 2 workers, real work of 1 ms each",
                "at least 97 % of the ideal 2-worker rate",
                "About 1 ms: the work is a number of steps, the same for all. Ideal are two workers that make the "
                        + "records for themselves, half of them each, and report once.",
                Measure.of("", RealWork.class, "work", "records/s")
                    .against(IDEAL)
                    .promising(Bound.atLeast(0.97, IDEAL.id())));
    }

    private static Row start() {
        return Row.of("worker-start", "worker ready (class path / Boot jar), with whatever cache the JDK offers",
                "at most 1.2 times a bare JVM that connects and says hello on the same class path",
                "futures has its `startupCache`. The bare JVM is started with the same heap and collector, and the "
                        + "promise is about the one without a cache.",
                start("class path", "class-path"), start("Boot jar", "boot-jar"));
    }

    private static Measure start(String name, String launch) {
        return Measure.of(name, WorkerStart.class, "ready", "ms")
            .with("launch", launch)
            .against(UNCACHED, BARE, BARE_CACHED)
            .promising(Bound.atMost(1.2, BARE.id()));
    }

    private static Row replacement() {
        return Row.of("worker-replacement", "killed worker to replacement serving", "at most 1.5 times worker start",
                "From the kill to the first result of the replacement, and from the creation of a pool to its first "
                        + "result, both with `startupCache` and without `warmSpares`.",
                Measure.of("", WorkerReplacement.class, "serving", "ms")
                    .against(START)
                    .promising(Bound.atMost(1.5, START.id())));
    }

    private static Row memory() {
        return Row.of("worker-memory", "idle worker's resident memory", "at most 1.1 times that bare JVM",
                "As the system counts it, shared pages included, with a heap limit of 64 MiB.",
                Measure.of("", IdleMemory.class, "idle", "MiB")
                    .secondary("residentMebibytes")
                    .needing(Need.PROC_FILES)
                    .against(UNCACHED, BARE, BARE_CACHED)
                    .promising(Bound.atMost(1.1, BARE.id())));
    }

    private static Row sample() {
        return Row.of("sample-work",
                "the sample's work (PDF pages rendered per second), against the same code in plain threads",
                "at least 85 %; against Tika's forked parser on text extraction: ahead",
                "Two workers, two threads, two forked parsers, with the documents that come with the sample. Whoever "
                        + "is measured has done 1,728 pages before, or 384 texts, so none is still being compiled.",
                Measure.of("pages", PdfPages.class, "pages", "pages/s")
                    .against(THREADS)
                    .promising(Bound.atLeast(0.85, THREADS.id())),
                Measure.of("text", TextExtraction.class, "texts", "documents/s")
                    .against(TIKA)
                    .promising(Bound.atLeast(1, TIKA.id())));
    }

    private static Row starter() {
        return Row.of("starter", "adding the starter to a web application",
                "under 50 ms of start-up, no thread, no process",
                "The difference between starts with the two jars on the class path and without, in turn.",
                added("time", "ms", "addedMillis", 50), added("threads", "threads", "addedThreads", 0),
                added("processes", "processes", "addedProcesses", 0));
    }

    private static Measure added(String name, String unit, String counter, double limit) {
        return Measure.of(name, StarterStart.class, "starts", unit).secondary(counter).promising(Bound.atMost(limit));
    }

}
