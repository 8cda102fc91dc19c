// SPDX-License-Identifier: Apache-2.0

package dev.futures.support;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A program in a JVM of its own, on the class path of the tests: the application that a
 * test cannot be because it is going to die, or needs another environment.
 */
public final class JavaProgram implements AutoCloseable {

    private final Process process;

    private final boolean wrapped;

    private final List<String> output = new CopyOnWriteArrayList<>();

    private final Thread reader;

    private JavaProgram(Process process, boolean wrapped) {
        this.process = process;
        this.wrapped = wrapped;
        this.reader = new Thread(this::read, "java-program-output");
        this.reader.start();
    }

    public static JavaProgram start(Class<?> main, List<String> options, Map<String, String> environment,
            String... arguments) throws IOException {
        return startUnder(List.of(), main, options, environment, arguments);
    }

    /** Has a command start it, which goes before that of the JVM. */
    public static JavaProgram startUnder(List<String> wrapper, Class<?> main, List<String> options,
            Map<String, String> environment, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("-cp", classPath()));
        all.addAll(options);
        all.add(main.getName());
        all.addAll(List.of(arguments));
        return start(wrapper, Path.of(""), environment, all);
    }

    /** Starts whatever the arguments of the java command say. */
    public static JavaProgram start(Path directory, Map<String, String> environment, List<String> arguments)
            throws IOException {
        return start(List.of(), directory, environment, arguments);
    }

    private static JavaProgram start(List<String> wrapper, Path directory, Map<String, String> environment,
            List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(wrapper);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1"));
        command.addAll(CoverageRecorder.options());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.directory(directory.toAbsolutePath().toFile()).environment().putAll(environment);
        return new JavaProgram(builder.start(), !wrapper.isEmpty());
    }

    public static String classPath() {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, entries);
    }

    private void read() {
        try (BufferedReader in = this.process.inputReader()) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                this.output.add(line);
            }
        }
        catch (IOException ex) {
            this.output.add("output ended: " + ex);
        }
    }

    /** Waits for a line "name: value" and returns the value. */
    public String await(String name) throws InterruptedException {
        Await.until("the program says '" + name + "' or ends", () -> find(name) != null || !this.reader.isAlive());
        String value = find(name);
        if (value == null) {
            throw new AssertionError("the program did not say '" + name + "' but: " + this.output);
        }
        return value;
    }

    private String find(String name) {
        return this.output.stream()
            .filter((line) -> line.startsWith(name + ": "))
            .map((line) -> line.substring(name.length() + 2))
            .findFirst()
            .orElse(null);
    }

    /** Writes a line to its standard input. */
    public void tell(String line) throws IOException {
        this.process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        this.process.getOutputStream().flush();
    }

    public List<String> output() {
        return List.copyOf(this.output);
    }

    /** Returns what it has started, and what those have; under a wrapper also itself. */
    public List<ProcessHandle> descendants() {
        return this.process.descendants().toList();
    }

    /** Returns the JVM, be it under a wrapper or not. */
    public ProcessHandle jvm() {
        return this.wrapped ? this.process.children().findFirst().orElseThrow() : this.process.toHandle();
    }

    /** Kills it, as SIGKILL does, and waits for its end. */
    public void kill() throws InterruptedException {
        this.process.destroyForcibly();
        awaitExit();
    }

    public int awaitExit() throws InterruptedException {
        if (!this.process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the program did not end; its output: " + this.output);
        }
        return this.process.exitValue();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
        this.reader.join(Await.PATIENCE.toMillis());
    }

}
