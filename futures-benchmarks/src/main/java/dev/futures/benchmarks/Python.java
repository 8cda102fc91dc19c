// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A Python process that does as it is told: it reads a command from each line of its
 * standard input and answers with a line when it has carried it out. Not safe for use by
 * multiple threads.
 */
public final class Python implements AutoCloseable {

    private final Path script;

    private final Process process;

    private final Writer commands;

    private final BufferedReader answers;

    /**
     * Starts a process.
     * @param name the name of the script, a resource of this package
     * @throws IOException if there is no {@code python3}
     */
    public Python(String name) throws IOException {
        this.script = Files.createTempFile("benchmark", ".py");
        try (InputStream resource = Objects.requireNonNull(Python.class.getResourceAsStream(name), name)) {
            Files.copy(resource, this.script, StandardCopyOption.REPLACE_EXISTING);
        }
        this.process = new ProcessBuilder("python3", this.script.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
        this.commands = this.process.outputWriter(StandardCharsets.UTF_8);
        this.answers = this.process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Has a command carried out, and waits until it is.
     * @param command the command
     * @return the answer
     * @throws IOException if the process does not answer, since it failed or ended
     */
    public String run(String command) throws IOException {
        this.commands.write(command + "\n");
        this.commands.flush();
        String answer = this.answers.readLine();
        if (answer == null) {
            throw new IOException("python3 ended during '" + command + "'; its standard error says why");
        }
        return answer;
    }

    /**
     * Ends the process, which it does at the end of its input.
     * @throws IOException if the script cannot be deleted
     */
    @Override
    public void close() throws IOException {
        this.commands.close();
        try {
            if (!this.process.waitFor(10, TimeUnit.SECONDS)) {
                this.process.destroyForcibly();
            }
        }
        catch (InterruptedException ex) {
            this.process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(this.script);
    }

    /**
     * Returns which Python there is.
     * @return its name and version, empty if there is none
     */
    public static Optional<String> version() {
        try {
            Process process = new ProcessBuilder("python3", "--version").redirectErrorStream(true).start();
            String version = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return version.startsWith("Python 3") ? Optional.of(version) : Optional.empty();
        }
        catch (IOException ex) {
            return Optional.empty();
        }
    }

}
