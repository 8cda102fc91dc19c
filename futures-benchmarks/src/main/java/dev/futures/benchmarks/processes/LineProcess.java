// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.processes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process that does what it is told in a line of its standard input, and answers with a
 * line of its standard output when that is done. It ends at the end of its input.
 */
final class LineProcess implements AutoCloseable {

    private static final long EXIT_SECONDS = 20;

    private final Process process;

    private final Writer requests;

    private final BufferedReader answers;

    private LineProcess(Process process) {
        this.process = process;
        this.requests = process.outputWriter();
        this.answers = process.inputReader();
    }

    static LineProcess start(List<String> command) throws IOException {
        return new LineProcess(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    /** Tells the process to do something and waits until it has done so. */
    String ask(String request) {
        try {
            this.requests.write(request + "\n");
            this.requests.flush();
            return answer();
        }
        catch (IOException ex) {
            throw new UncheckedIOException("asked for '" + request + "'", ex);
        }
    }

    /** Waits for the next line. */
    String answer() throws IOException {
        String answer = this.answers.readLine();
        if (answer == null) {
            throw new IllegalStateException("process " + this.process.pid() + " has ended; standard error says why");
        }
        return answer;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        this.requests.close();
        if (!this.process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS)) {
            this.process.destroyForcibly();
            throw new IllegalStateException("process " + this.process.pid() + " did not end by itself");
        }
    }

}
