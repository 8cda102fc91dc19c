// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Refuses what no process can be started with, when a pool is made rather than when it is
 * given its first task.
 */
final class LaunchChecks {

    /** They name what is run instead of a worker, or have the JVM print and exit. */
    private static final Set<String> REFUSED = Set.of("-cp", "-classpath", "--class-path", "-jar", "-m", "--module",
            "--source", "-version", "--version", "-fullversion", "--full-version", "-help", "--help", "-h", "-?", "-X",
            "--help-extra", "--dry-run", "--list-modules", "-d", "--describe-module", "--validate-modules");

    /** Options whose value may be the next argument. */
    static final Set<String> WITH_VALUE = Set.of("-p", "--module-path", "--upgrade-module-path", "--add-modules",
            "--limit-modules", "--add-exports", "--add-opens", "--add-reads", "--patch-module",
            "--enable-native-access");

    private LaunchChecks() {
    }

    /**
     * Checks the directory that processes are to be started in.
     * @throws IllegalArgumentException if it is none
     */
    static Path workingDirectory(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new IllegalArgumentException("workingDirectory must be a directory that exists but was "
                    + directory.toAbsolutePath() + (Files.exists(directory) ? ", a file" : ""));
        }
        return directory;
    }

    /**
     * Checks the directory of start-up caches, which need not be there yet.
     * @throws IllegalArgumentException if it is something else
     */
    static Path startupCache(Path directory) {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new IllegalArgumentException(
                    "startupCache must be a directory but was " + directory.toAbsolutePath() + ", a file");
        }
        return directory.toAbsolutePath();
    }

    /**
     * Checks the program that child JVMs are to be started with.
     * @throws IllegalArgumentException if it is none
     */
    static Path java(Path java) {
        if (!JavaExecutable.isProgram(java)) {
            throw new IllegalArgumentException("java must be an executable file, such as /opt/jdk/bin/java, but was "
                    + java.toAbsolutePath() + (Files.isDirectory(java) ? ", a directory" : ""));
        }
        return java;
    }

    /**
     * Checks environment variables.
     * @throws IllegalArgumentException if there can be none of that name or value
     */
    static Map<String, String> environment(Map<String, String> environment) {
        environment.forEach((name, value) -> {
            if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
                throw new IllegalArgumentException(
                        "the name of an environment variable must not be empty or contain '=' or NUL but was '"
                                + printable(name) + "'");
            }
            // not the value, which may be a secret
            if (value.indexOf('\0') >= 0) {
                throw new IllegalArgumentException(
                        "the value of environment variable '" + name + "' must not contain NUL");
            }
        });
        return environment;
    }

    /**
     * Checks options of child JVMs, as far as that can be done without a JVM.
     * @throws IllegalArgumentException if one is no option, or would run something else
     */
    static List<String> jvmOptions(List<String> options) {
        String awaiting = null;
        for (String option : options) {
            if (option.isBlank() || option.chars().anyMatch((each) -> each == '\n' || each == '\r' || each == 0)) {
                throw refused(option, "an option must not be blank or contain line ends or NUL");
            }
            if (awaiting != null) {
                awaiting = null;
                continue;
            }
            check(option);
            awaiting = WITH_VALUE.contains(option) ? option : null;
        }
        if (awaiting != null) {
            throw refused(awaiting, "it needs a value, as the next option or after '='");
        }
        return options;
    }

    private static void check(String option) {
        if (option.startsWith("@")) {
            throw refused(option, "files of options are not read; give the options themselves");
        }
        if (!option.startsWith("-")) {
            throw refused(option, "an option starts with '-'; this one would be taken for the main class");
        }
        int equals = option.indexOf('=');
        if (REFUSED.contains(option)
                || (option.startsWith("--") && equals > 0 && REFUSED.contains(option.substring(0, equals)))) {
            throw refused(option, "a worker process has the class path of this JVM and runs only the pool's own code");
        }
    }

    private static IllegalArgumentException refused(String option, String why) {
        return new IllegalArgumentException("jvmOptions must not contain '" + printable(option) + "': " + why);
    }

    private static String printable(String text) {
        return text.replace("\0", "\\0").replace("\n", "\\n").replace("\r", "\\r");
    }

}
