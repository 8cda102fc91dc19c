// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.processes;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
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
import org.apache.tika.fork.ForkParser;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.apache.tika.parser.pdf.PDFParser;
import org.apache.tika.sax.BodyContentHandler;
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
 * The text of PDF documents, which are in memory, by Tika's parser: in the two JVMs of a
 * process pool, or in the two that Tika's own forked parser starts. What differs is how
 * documents and text get there and back. An iteration is one invocation, so both have
 * done the same number of documents when they are measured.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 12, time = 1, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 1, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class TextExtraction {

    private static final int COPIES = 8;

    private static final int DOCUMENTS = COPIES * 4;

    private static final int NO_LIMIT = -1;

    /** Who does it. */
    @Param({ "futures", "tika" })
    public String contestant = "futures";

    private SampleFiles files;

    private Contestant running;

    /**
     * Reads the documents and starts the workers.
     * @throws IOException if the documents cannot be written
     */
    @Setup(Level.Trial)
    public void start() throws IOException {
        this.files = SampleFiles.write();
        List<byte[]> documents = new ArrayList<>();
        for (Path document : this.files.documents()) {
            documents.add(Files.readAllBytes(document));
        }
        List<byte[]> all = new ArrayList<>();
        for (int copy = 0; copy < COPIES; copy++) {
            all.addAll(documents);
        }
        if (all.size() != DOCUMENTS) {
            throw new IllegalStateException("there are " + all.size() + " documents rather than " + DOCUMENTS);
        }
        this.running = switch (this.contestant) {
            case "futures" -> new Pool(this.files, all);
            case "tika" -> new Forked(this.files, all);
            default -> throw new IllegalArgumentException("unknown contestant: " + this.contestant);
        };
    }

    /**
     * Ends the workers.
     * @throws Exception if they do not end
     */
    @TearDown(Level.Trial)
    public void stop() throws Exception {
        this.running.close();
        this.files.close();
    }

    /**
     * Extracts the text of all documents.
     * @return how long it is
     * @throws Exception if one cannot be read
     */
    @Benchmark
    @OperationsPerInvocation(DOCUMENTS)
    public Object texts() throws Exception {
        return this.running.run();
    }

    private static String extract(Parser parser, byte[] pdf) throws Exception {
        BodyContentHandler text = new BodyContentHandler(NO_LIMIT);
        try (InputStream input = new ByteArrayInputStream(pdf)) {
            parser.parse(input, text, new Metadata(), new ParseContext());
        }
        return text.toString();
    }

    /** It counts only if there is something. */
    private static int length(String text) {
        if (text.isBlank()) {
            throw new IllegalStateException("there is no text");
        }
        return text.length();
    }

    private static Task<String> extraction(byte[] pdf) {
        return () -> extract(new PDFParser(), pdf);
    }

    private static final class Pool implements Contestant {

        private final ProcessPoolExecutor pool;

        private final List<byte[]> documents;

        Pool(SampleFiles files, List<byte[]> documents) {
            this.pool = files.newPool();
            this.documents = documents;
        }

        @Override
        public Object run() throws Exception {
            List<Future<String>> futures = this.documents.stream()
                .map((pdf) -> this.pool.submit(extraction(pdf)))
                .toList();
            int length = 0;
            for (Future<String> future : futures) {
                length += length(future.result());
            }
            return length;
        }

        @Override
        public void close() {
            this.pool.close();
        }

    }

    /** As many threads as it has processes wait for them. */
    private static final class Forked implements Contestant {

        private final ForkParser parser = new ForkParser(TextExtraction.class.getClassLoader(), new PDFParser());

        private final ExecutorService threads = Executors.newFixedThreadPool(SampleFiles.WORKERS);

        private final List<Callable<String>> extractions;

        Forked(SampleFiles files, List<byte[]> documents) {
            this.parser.setPoolSize(SampleFiles.WORKERS);
            this.parser.setJavaCommand(files.command());
            this.extractions = documents.stream()
                .map((pdf) -> (Callable<String>) () -> extract(this.parser, pdf))
                .toList();
        }

        @Override
        public Object run() throws Exception {
            int length = 0;
            for (java.util.concurrent.Future<String> future : this.threads.invokeAll(this.extractions)) {
                length += length(future.get());
            }
            return length;
        }

        @Override
        public void close() {
            this.threads.shutdown();
            this.parser.close();
        }

    }

}
