// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The program that child JVMs are started with.
 */
final class JavaExecutable {

    private static final List<String> NAMES = List.of("java", "java.exe");

    private JavaExecutable() {
    }

    /**
     * Returns what was chosen, or the java of this JVM.
     * @throws WorkerStartException if it is not there
     */
    static Path find(@Nullable Path chosen) throws WorkerStartException {
        if (chosen != null) {
            if (!isProgram(chosen)) {
                throw WorkerStartException
                    .permanent("the java of the pool, " + chosen.toAbsolutePath() + ", is no longer a program", null);
            }
            return chosen.toAbsolutePath();
        }
        return find(Path.of(System.getProperty("java.home", "")),
                ProcessHandle.current().info().command().map(Path::of));
    }

    static Path find(Path home, Optional<Path> command) throws WorkerStartException {
        for (String name : NAMES) {
            Path candidate = home.resolve("bin").resolve(name).toAbsolutePath();
            if (isProgram(candidate)) {
                return candidate;
            }
        }
        return command.filter((path) -> NAMES.contains(String.valueOf(path.getFileName())))
            .filter(JavaExecutable::isProgram)
            .orElseThrow(() -> WorkerStartException.permanent("there is no java launcher in " + home.resolve("bin")
                    + "; a process pool needs a complete Java installation, not a native image or a runtime without "
                    + "launcher; if it was replaced since this JVM was started, restart the application", null));
    }

    static boolean isProgram(Path path) {
        return Files.isRegularFile(path) && Files.isExecutable(path);
    }

    /** Says what is known about why the system did not start a process. */
    static WorkerStartException notStarted(IOException cause, Path java, @Nullable File directory) {
        String message = String.valueOf(cause.getMessage());
        String hint = "";
        if (directory != null && !directory.isDirectory()) {
            hint = "; the working directory " + directory + " is not there";
        }
        else if (message.contains("spawn helper") || message.contains("jspawnhelper") || !isProgram(java)) {
            hint = "; was the Java installation in " + System.getProperty("java.home")
                    + " replaced while this JVM runs? If so, restart the application";
        }
        else if (message.contains("error=7,")) {
            hint = "; the environment variables are too large";
        }
        else if (message.contains("error=11,") || message.contains("error=12,")) {
            hint = "; there is a limit on processes (ulimit -u, pids.max of the container), or no memory is left";
        }
        return new WorkerStartException("a worker process could not be started: " + message + hint, cause);
    }

}
