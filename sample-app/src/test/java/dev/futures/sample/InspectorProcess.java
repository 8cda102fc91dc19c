// SPDX-License-Identifier: Apache-2.0

package dev.futures.sample;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The application in a JVM of its own, with a directory of its own for all temporary
 * files.
 */
final class InspectorProcess implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile(".*Tomcat started on port (\\d+).*");

    private final Process process;

    private final List<String> output = new CopyOnWriteArrayList<>();

    private final Thread reader;

    private final InspectorClient client;

    private InspectorProcess(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "inspector-output");
        this.reader.start();
        this.client = new InspectorClient(awaitPort());
    }

    static InspectorProcess startFromClassPath(Path temporary) throws IOException {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map((entry) -> Path.of(entry).toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator));
        return start(temporary, "-cp", classPath, "dev.futures.sample.DocumentInspectorApplication");
    }

    static InspectorProcess start(Path temporary, String... what) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + temporary, "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(what));
        command.add("--server.port=0");
        return new InspectorProcess(
                new ProcessBuilder(command).directory(temporary.toFile()).redirectErrorStream(true).start());
    }

    private void read() {
        try (BufferedReader lines = this.process.inputReader()) {
            lines.lines().forEach(this.output::add);
        }
        catch (IOException ex) {
            this.output.add("output ended: " + ex);
        }
    }

    private int awaitPort() {
        Waiting.until("the application is there", this::output,
                (text) -> PORT.matcher(text).find() || !this.process.isAlive());
        Matcher matcher = PORT.matcher(output());
        if (!matcher.find()) {
            throw new AssertionError("it did not start: " + output());
        }
        return Integer.parseInt(matcher.group(1));
    }

    InspectorClient client() {
        return this.client;
    }

    String output() {
        return String.join("\n", this.output);
    }

    long pid() {
        return this.process.pid();
    }

    /** Returns the worker processes. */
    List<ProcessHandle> workers() {
        return this.process.descendants().toList();
    }

    /** Asks it to end, as SIGTERM does, and returns the exit status. */
    int terminate() throws InterruptedException {
        // by way of the handle, since Process would close the streams as well
        this.process.toHandle().destroy();
        if (!this.process.waitFor(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("it did not end: " + output());
        }
        this.reader.join(Waiting.PATIENCE.toMillis());
        return this.process.exitValue();
    }

    void kill() throws InterruptedException {
        this.process.destroyForcibly().waitFor();
    }

    static void awaitGone(List<ProcessHandle> processes, Duration limit) {
        Waiting.within(limit, "the worker processes are gone",
                () -> processes.stream().filter(ProcessHandle::isAlive).toList(), List::isEmpty);
    }

    /** Returns the names of files and directories. */
    static List<String> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map((file) -> file.getFileName().toString()).toList();
        }
    }

    @Override
    public void close() throws InterruptedException {
        List<ProcessHandle> workers = workers();
        kill();
        awaitGone(workers, Waiting.PATIENCE);
        this.reader.join(Waiting.PATIENCE.toMillis());
    }

}
