// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says in words how a process ended.
 */
final class ExitStatus {

    private static final int SIGNAL_BASE = 128;

    /** What a JVM started with -XX:+ExitOnOutOfMemoryError exits with. */
    private static final int OUT_OF_MEMORY = 3;

    private static final Map<Integer, String> SIGNALS = Map.ofEntries(Map.entry(1, "SIGHUP"), Map.entry(2, "SIGINT"),
            Map.entry(3, "SIGQUIT"), Map.entry(4, "SIGILL"), Map.entry(5, "SIGTRAP"), Map.entry(6, "SIGABRT"),
            Map.entry(7, "SIGBUS"), Map.entry(8, "SIGFPE"), Map.entry(9, "SIGKILL"), Map.entry(10, "SIGUSR1"),
            Map.entry(11, "SIGSEGV"), Map.entry(12, "SIGUSR2"), Map.entry(13, "SIGPIPE"), Map.entry(14, "SIGALRM"),
            Map.entry(15, "SIGTERM"), Map.entry(24, "SIGXCPU"), Map.entry(25, "SIGXFSZ"), Map.entry(31, "SIGSYS"));

    /** How the report begins that a JVM makes before it ends itself with status 1. */
    private static final Pattern CRASH = Pattern.compile("^#\\s+(SIG[A-Z]+|EXCEPTION_\\w+|Internal Error) \\(.*pid=");

    private static final String REPORT = "# A fatal error has been detected by the Java Runtime Environment:";

    private static final int ABORT = 6;

    private static final int KILL = 9;

    private static final int TERMINATE = 15;

    private ExitStatus() {
    }

    /**
     * Describes an exit.
     * @param status the status as {@link Process#exitValue()} gives it
     * @param output the last lines of standard output, where a JVM says why it gives up
     */
    static String describe(int status, List<String> output) {
        String text = "exited with status " + status;
        String signal = (status > SIGNAL_BASE) ? SIGNALS.get(status - SIGNAL_BASE) : null;
        if (signal != null) {
            return text + " (" + signal + ")";
        }
        if (status == OUT_OF_MEMORY && output.stream().anyMatch((line) -> line.contains("OutOfMemoryError"))) {
            return text + " (out of memory)";
        }
        if (status < -1) {
            // as Windows says what ended a process: 0xC0000005 is an access violation
            return text + String.format(" (0x%08X)", status);
        }
        return text + (isCrash(status, output) ? output : List.<String>of()).stream()
            .map(CRASH::matcher)
            .filter(Matcher::find)
            .findFirst()
            .map((crash) -> " (crash of the JVM: " + crash.group(1) + ")")
            .orElse("");
    }

    /** Returns whether a JVM says that it has crashed, rather than a task in it. */
    static boolean isCrash(int status, List<String> output) {
        return (status == 1 || status == SIGNAL_BASE + ABORT) && output.stream().anyMatch(REPORT::equals)
                && output.stream().anyMatch((line) -> CRASH.matcher(line).find());
    }

    /** Returns whether somebody has ended the process, by SIGKILL or SIGTERM. */
    static boolean isKill(int status) {
        return status == SIGNAL_BASE + KILL || status == SIGNAL_BASE + TERMINATE;
    }

    /** Returns what a JVM says about its crash, such as the frame that it was in. */
    static List<String> crashSummary(List<String> output) {
        return output.stream().filter((line) -> line.startsWith("#") && line.length() > 1).toList();
    }

}
