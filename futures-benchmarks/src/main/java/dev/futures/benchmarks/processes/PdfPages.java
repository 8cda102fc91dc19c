// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import dev.futures.Future;
import dev.futures.Task;
import dev.futures.process.ProcessPoolExecutor;
import dev.futures.sample.pdf.Inspection;
import dev.futures.sample.pdf.PdfInspector;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the sample application does with its own documents: renders each page and extracts
 * its text, in two processes, or with the same code in two threads. An iteration is so
 * short that it is one invocation, so both have done the same number of pages when they
 * are measured: with the time that a JVM has to compile this, its rate changes fivefold.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 8, time = 1, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 1, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class PdfPages {

    private static final int COPIES = 4;

    private static final int PAGES_OF_ALL = 54;

    private static final int PAGES = COPIES * PAGES_OF_ALL;

    /** Who does it. */
    @Param({ "futures", "threads" })
    public String contestant = "futures";

    private SampleFiles files;

    private Contestant running;

    /**
     * Writes the documents and starts the workers.
     * @throws IOException if the documents cannot be written
     */
    @Setup(Level.Trial)
    public void start() throws IOException {
        this.files = SampleFiles.write();
        this.running = switch (this.contestant) {
            case "futures" -> new Pool(this.files);
            case "threads" -> new Threads(this.files);
            default -> throw new IllegalArgumentException("unknown contestant: " + this.contestant);
        };
    }

    /**
     * Ends the workers and deletes the documents.
     * @throws Exception if they do not end
     */
    @TearDown(Level.Trial)
    public void stop() throws Exception {
        this.running.close();
        this.files.close();
    }

    /**
     * Does all pages of all documents.
     * @return how many pages those were
     * @throws Exception if one cannot be read
     */
    @Benchmark
    @OperationsPerInvocation(PAGES)
    public Object pages() throws Exception {
        return this.running.run();
    }

    private static Task<Inspection> inspection(Path pdf, Path results) {
        // paths are not serializable
        String file = pdf.toString();
        String directory = results.toString();
        return () -> new PdfInspector().inspect(Path.of(file), Path.of(directory));
    }

    private static List<Task<Inspection>> inspections(SampleFiles files) throws IOException {
        List<Task<Inspection>> inspections = new ArrayList<>();
        for (int copy = 0; copy < COPIES; copy++) {
            for (Path pdf : files.documents()) {
                inspections.add(inspection(pdf, Files.createTempDirectory(files.directory(), "results-")));
            }
        }
        return inspections;
    }

    private static int checked(int pages) {
        if (pages != PAGES) {
            throw new IllegalStateException("the documents have " + pages + " pages rather than " + PAGES);
        }
        return pages;
    }

    private static final class Pool implements Contestant {

        private final ProcessPoolExecutor pool;

        private final List<Task<Inspection>> inspections;

        Pool(SampleFiles files) throws IOException {
            this.pool = files.newPool();
            this.inspections = inspections(files);
        }

        @Override
        public Object run() throws Exception {
            List<Future<Inspection>> futures = this.inspections.stream().map(this.pool::submit).toList();
            int pages = 0;
            for (Future<Inspection> future : futures) {
                pages += future.result().pages();
            }
            return checked(pages);
        }

        @Override
        public void close() {
            this.pool.close();
        }

    }

    private static final class Threads implements Contestant {

        private final ExecutorService threads = Executors.newFixedThreadPool(SampleFiles.WORKERS);

        private final List<Task<Inspection>> inspections;

        Threads(SampleFiles files) throws IOException {
            this.inspections = inspections(files);
        }

        @Override
        public Object run() throws Exception {
            int pages = 0;
            for (java.util.concurrent.Future<Inspection> future : this.threads
                .invokeAll(List.<Callable<Inspection>>copyOf(this.inspections))) {
                pages += future.get().pages();
            }
            return checked(pages);
        }

        @Override
        public void close() {
            this.threads.shutdown();
        }

    }

}
