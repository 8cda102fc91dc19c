// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.processes;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it adds to the start of a small web application that the starter is there: time
 * from the start of its JVM until it serves, threads and processes. It is started with
 * the two jars and without, in turn, and it is the difference that counts; how long a
 * pair takes means nothing.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1, batchSize = 3)
@Fork(1)
public class StarterStart {

    private Path directory;

    private List<String> with;

    private List<String> without;

    private boolean withFirst;

    /**
     * Lays out the class paths.
     * @throws IOException if that fails
     */
    @Setup(Level.Trial)
    public void prepare() throws IOException {
        this.directory = Files.createTempDirectory("futures-benchmark-");
        String[] jars = Launch.jars(this.directory).split(File.pathSeparator);
        this.with = command(Stream.of(jars));
        this.without = command(Stream.of(jars).filter((jar) -> !isOurs(jar)));
    }

    private static List<String> command(Stream<String> jars) {
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                jars.collect(Collectors.joining(File.pathSeparator)), WebApplication.class.getName());
    }

    private static boolean isOurs(String jar) {
        try (JarFile file = new JarFile(jar)) {
            return file.getEntry("dev/futures/Futures.class") != null
                    || file.getEntry("dev/futures/spring/SubmitAsync.class") != null;
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * Deletes the class path.
     * @throws IOException if that fails
     */
    @TearDown(Level.Trial)
    public void delete() throws IOException {
        Launch.delete(this.directory);
    }

    /**
     * Starts the application with the starter and without; which comes first alternates.
     * @param added takes the difference
     * @throws Exception if it does not start
     */
    @Benchmark
    public void starts(Added added) throws Exception {
        this.withFirst = !this.withFirst;
        if (this.withFirst) {
            Started with = start(this.with);
            added.add(with, start(this.without));
        }
        else {
            Started without = start(this.without);
            added.add(start(this.with), without);
        }
    }

    private static Started start(List<String> command) throws Exception {
        long start = System.nanoTime();
        try (LineProcess application = LineProcess.start(command)) {
            String[] counts = application.answer().split(" ");
            long nanos = System.nanoTime() - start;
            return new Started(nanos / 1e6, Integer.parseInt(counts[0]), Integer.parseInt(counts[1]));
        }
    }

    private record Started(double millis, int threads, int processes) {

    }

    /** By how much there is more of what. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Added {

        private final Median millis = new Median();

        private final Median threads = new Median();

        private final Median processes = new Median();

        /** Forgets what there was before. */
        @Setup(Level.Iteration)
        public void clear() {
            this.millis.clear();
            this.threads.clear();
            this.processes.clear();
        }

        private void add(Started with, Started without) {
            this.millis.add(with.millis() - without.millis());
            this.threads.add(with.threads() - without.threads());
            this.processes.add(with.processes() - without.processes());
        }

        /**
         * Returns by how much it takes longer.
         * @return the median, in ms
         */
        public double addedMillis() {
            return this.millis.get();
        }

        /**
         * Returns how many threads there are more.
         * @return the median
         */
        public double addedThreads() {
            return this.threads.get();
        }

        /**
         * Returns how many children there are more.
         * @return the median
         */
        public double addedProcesses() {
            return this.processes.get();
        }

    }

}
