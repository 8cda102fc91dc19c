// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Says why a child that did start never connected, in the words of its JVM, and whether
 * the next one could fare better.
 */
final class LaunchFailure {

    /**
     * How a JVM, or its launcher, begins to say that it cannot run with these options.
     */
    private static final List<String> REFUSALS = List.of("Error: Could not create the Java Virtual Machine",
            "Unrecognized ", "Error: Could not find or load main class", "Error: LinkageError occurred",
            "Error: Unable to initialize main class", "Error occurred during initialization of",
            "Error: could not open", "Error: Main method not found");

    /** Said of options, unless there is another reason. */
    private static final List<String> OF_OPTIONS = List.of("Error: Could not create the Java Virtual Machine",
            "Unrecognized ", "Error occurred during initialization of");

    /** Said after that, anywhere in a line, when another time there may be enough. */
    private static final List<String> SHORTAGES = List.of("Cannot allocate memory", "insufficient memory",
            "unable to create native thread");

    /** The same, or a heap limit that this machine can never have. */
    private static final String HEAP = "Could not reserve enough space";

    private LaunchFailure() {
    }

    /**
     * Describes a child that has ended.
     * @param child the child
     * @param change what has become of the class path, if anything
     * @param settings what it was started with
     * @param proven whether a child has been ready before with the same options
     */
    static WorkerStartException ended(WorkerProcess child, @Nullable String change, ProcessSettings settings,
            boolean proven) {
        String message = "worker process " + child.pid() + " " + child.describeExit() + " before it connected"
                + child.lastWords();
        List<String> output = child.outputLines();
        boolean refused = isRefusal(child.exitStatus(), output, child.lastLines(), proven);
        if (!output.isEmpty()) {
            message += "; the last lines of its standard output:\n  " + String.join("\n  ", output);
        }
        return new WorkerStartException(message + because(change, output, child.lastLines(), settings), null,
                refused || change != null);
    }

    /** Describes a child that is alive but has said nothing. */
    static WorkerStartException late(WorkerProcess child, ProcessSettings settings) {
        return new WorkerStartException("worker process " + child.pid() + " did not connect within "
                + settings.startTimeout() + "; if the machine is just busy, give it a longer "
                + settings.name("startTimeout") + child.lastWords(), null);
    }

    static boolean isRefusal(int status, List<String> output, List<String> errors, boolean proven) {
        return status == 1 && contains(output, errors, REFUSALS) && !mentions(SHORTAGES, output, errors)
                && !(proven && mentions(List.of(HEAP), output, errors));
    }

    /** The JVM puts a class, or the name of a function, in front of some of these. */
    private static boolean mentions(List<String> words, List<String> output, List<String> errors) {
        return Stream.concat(output.stream(), errors.stream())
            .anyMatch((line) -> words.stream().anyMatch(line::contains));
    }

    private static boolean contains(List<String> output, List<String> errors, List<String> beginnings) {
        return Stream.concat(output.stream(), errors.stream())
            .anyMatch((line) -> beginnings.stream().anyMatch(line::startsWith));
    }

    private static String because(@Nullable String change, List<String> output, List<String> errors,
            ProcessSettings settings) {
        if (change != null) {
            return "\n" + change;
        }
        if (contains(output, errors, List.of("Error: LinkageError occurred"))) {
            return "\nworkers need a java as new as their classes; this JVM is Java " + Runtime.version().feature();
        }
        if (contains(output, errors, List.of("Error: Could not find or load main class"))) {
            return "\nthe classes of the pool were loaded by " + WorkerMain.class.getClassLoader()
                    + " and are expected on the class path of this JVM; a path that is not plain ASCII also needs the "
                    + "same locale (LANG, LC_ALL) in workers as here";
        }
        if (contains(output, errors, OF_OPTIONS)) {
            return "\nthe JVM of the worker refuses its options; correct " + settings.name("jvmOptions") + " or "
                    + settings.name("maxHeap");
        }
        return "";
    }

}
