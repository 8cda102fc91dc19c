// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.futures.process.ProcessPoolExecutor;
import dev.futures.sample.pdf.SampleDocument;
import dev.futures.sample.pdf.SampleDocuments;

/**
 * Those documents of the sample application that can be read, as files.
 *
 * @param directory where they are, and whatever else is needed
 * @param documents the documents
 */
record SampleFiles(Path directory, List<Path> documents) implements AutoCloseable {

    static final int WORKERS = 2;

    private static final long MAX_HEAP = 256 * 1024 * 1024;

    /**
     * Where PDFBox keeps what it knows about fonts, rather than in the home directory.
     */
    private static final String FONT_CACHE = "pdfbox.fontcache";

    /** Logback cannot read its file from where Tika's forked parser has it. */
    private static final List<String> NO_LOG = List.of("-Dslf4j.internal.verbosity=WARN",
            "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider");

    static SampleFiles write() throws IOException {
        Path directory = Files.createTempDirectory("futures-benchmark-");
        System.setProperty(FONT_CACHE, directory.toString());
        System.setProperty("java.awt.headless", "true");
        List<Path> documents = new ArrayList<>();
        for (SampleDocument document : SampleDocuments.all()) {
            if (!document.fileName().startsWith("damaged") && !document.fileName().startsWith("password")) {
                documents.add(Files.write(directory.resolve(document.fileName()), document.content()));
            }
        }
        return new SampleFiles(directory, documents);
    }

    ProcessPoolExecutor newPool() {
        return ProcessPoolExecutor.builder().maxWorkers(WORKERS).maxHeap(MAX_HEAP).jvmOptions(options()).build();
    }

    /** Returns the command that starts a JVM as those of the pool are started. */
    List<String> command() {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx" + MAX_HEAP,
                        "-XX:+UseSerialGC", "-Djava.awt.headless=true"));
        command.addAll(options());
        return command;
    }

    private List<String> options() {
        List<String> options = new ArrayList<>(NO_LOG);
        options.add("-D" + FONT_CACHE + "=" + this.directory);
        return options;
    }

    @Override
    public void close() throws IOException {
        Launch.delete(this.directory);
    }

}
