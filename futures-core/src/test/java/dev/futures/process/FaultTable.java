// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What has to become of a task, its process and its pool for every fault at every step.
 */
final class FaultTable {

    /**
     * A row says: at this step, under these policies, these faults end the task in this
     * way; after that the next task ends in that way, the pool goes on or is broken, the
     * process is kept or lost (or either), and the words have been said, by the failure
     * if there is one, or else by the log. {@code HOW} is what the fault is called.
     */
    private static final String ROWS = """
            # step        | policy | faults                                   | task       next      pool    child  | words
            TASK_ENCODE   | BOTH   | EXCEPTION STACK_OVERFLOW                 | UNREADABLE VALUE     GOES_ON KEPT   | task 'faulty' could not be sent; HOW
            TASK_ENCODE   | BOTH   | HEAP_EXHAUSTED                           | UNREADABLE VALUE     GOES_ON KEPT   | task 'faulty' could not be sent; OutOfMemoryError
            TASK_ENCODE   | HEAL   | HALT EXIT SIGKILL SIGSEGV                | VALUE      VALUE     GOES_ON LOST   | HOW; the process is replaced or sent to the next process; pool 'POOL'
            TASK_ENCODE   | STRICT | HALT EXIT SIGKILL SIGSEGV                | BROKEN     BROKEN    BROKEN  LOST   | HOW; the pool is broken; pool 'POOL'
            TASK_ENCODE   | BOTH   | ENDLESS_LOOP                             | TIMED_OUT  VALUE     GOES_ON EITHER | task 'faulty' waited for a worker; pool 'POOL'
            TASK_ENCODE   | BOTH   | SIGSTOP                                  | TIMED_OUT  VALUE     GOES_ON LOST   | task 'faulty' ran longer; pool 'POOL'

            TASK_DECODE   | BOTH   | EXCEPTION STACK_OVERFLOW                 | UNREADABLE VALUE     GOES_ON KEPT   | the task could not be read in the worker process; HOW
            TASK_DECODE   | HEAL   | HALT EXIT SIGKILL SIGSEGV HEAP_EXHAUSTED | DIED       VALUE     GOES_ON LOST   | HOW; running task 'faulty'; only this task is lost; PID; POOL
            TASK_DECODE   | STRICT | HALT EXIT SIGKILL SIGSEGV HEAP_EXHAUSTED | DIED       BROKEN    BROKEN  LOST   | HOW; running task 'faulty'; the pool is broken; PID; POOL
            TASK_DECODE   | BOTH   | ENDLESS_LOOP SIGSTOP                     | TIMED_OUT  VALUE     GOES_ON LOST   | task 'faulty' ran longer; pool 'POOL'

            INITIALIZER   | BOTH   | EXCEPTION STACK_OVERFLOW                 | BROKEN     BROKEN    BROKEN  LOST   | a process initializer failed; not usable anymore; HOW
            INITIALIZER   | HEAL   | HALT EXIT SIGKILL SIGSEGV HEAP_EXHAUSTED | BROKEN     BROKEN    BROKEN  LOST   | 2 times in a row; HOW; getting ready
            INITIALIZER   | STRICT | HALT EXIT SIGKILL SIGSEGV HEAP_EXHAUSTED | BROKEN     BROKEN    BROKEN  LOST   | not usable anymore; HOW; getting ready
            INITIALIZER   | HEAL   | ENDLESS_LOOP SIGSTOP                     | BROKEN     BROKEN    BROKEN  LOST   | 2 times in a row; did not; not usable anymore
            INITIALIZER   | STRICT | ENDLESS_LOOP SIGSTOP                     | BROKEN     BROKEN    BROKEN  LOST   | did not; not usable anymore

            RUN           | BOTH   | EXCEPTION STACK_OVERFLOW                 | ITSELF     VALUE     GOES_ON KEPT   | HOW
            RUN           | HEAL   | HALT EXIT SIGKILL SIGSEGV HEAP_EXHAUSTED | DIED       VALUE     GOES_ON LOST   | HOW; running task 'faulty'; only this task is lost; PID; POOL
            RUN           | STRICT | HALT EXIT SIGKILL SIGSEGV HEAP_EXHAUSTED | DIED       BROKEN    BROKEN  LOST   | HOW; running task 'faulty'; the pool is broken; PID; POOL
            RUN           | BOTH   | ENDLESS_LOOP SIGSTOP                     | TIMED_OUT  VALUE     GOES_ON LOST   | task 'faulty' ran longer; pool 'POOL'

            RESULT_ENCODE | BOTH   | EXCEPTION STACK_OVERFLOW                 | UNREADABLE VALUE     GOES_ON KEPT   | the result, of class; could not be sent back; HOW
            RESULT_ENCODE | HEAL   | HALT EXIT SIGKILL SIGSEGV HEAP_EXHAUSTED | DIED       VALUE     GOES_ON LOST   | HOW; running task 'faulty'; only this task is lost; PID; POOL
            RESULT_ENCODE | STRICT | HALT EXIT SIGKILL SIGSEGV HEAP_EXHAUSTED | DIED       BROKEN    BROKEN  LOST   | HOW; running task 'faulty'; the pool is broken; PID; POOL
            RESULT_ENCODE | BOTH   | ENDLESS_LOOP SIGSTOP                     | TIMED_OUT  VALUE     GOES_ON LOST   | task 'faulty' ran longer; pool 'POOL'

            RESULT_DECODE | BOTH   | EXCEPTION STACK_OVERFLOW                 | UNREADABLE VALUE     GOES_ON KEPT   | task 'faulty' could not be read; HOW
            RESULT_DECODE | BOTH   | HEAP_EXHAUSTED                           | UNREADABLE VALUE     GOES_ON KEPT   | task 'faulty' could not be read; OutOfMemoryError
            RESULT_DECODE | HEAL   | HALT EXIT SIGKILL SIGSEGV                | VALUE      VALUE     GOES_ON LOST   | HOW; the process is replaced or sent to the next process; pool 'POOL'
            RESULT_DECODE | STRICT | HALT EXIT SIGKILL SIGSEGV                | VALUE      BROKEN    BROKEN  LOST   | HOW; the pool is broken; POOL
            RESULT_DECODE | BOTH   | ENDLESS_LOOP                             | TIMED_OUT  VALUE     GOES_ON EITHER | task 'faulty' ran longer; pool 'POOL'
            RESULT_DECODE | BOTH   | SIGSTOP                                  | VALUE      TIMED_OUT GOES_ON LOST   |

            IDLE          | BOTH   | EXCEPTION STACK_OVERFLOW                 | VALUE      VALUE     GOES_ON KEPT   | HOW; [pid PID]
            IDLE          | BOTH   | ENDLESS_LOOP                             | VALUE      VALUE     GOES_ON KEPT   |
            IDLE          | HEAL   | HALT EXIT SIGKILL SIGSEGV HEAP_EXHAUSTED | VALUE      VALUE     GOES_ON LOST   | HOW; while it was idle; the process is replaced; worker process PID; POOL
            IDLE          | STRICT | HALT EXIT SIGKILL SIGSEGV HEAP_EXHAUSTED | VALUE      BROKEN    BROKEN  LOST   | HOW; while it was idle; the pool is broken; worker process PID; POOL
            IDLE          | BOTH   | SIGSTOP                                  | VALUE      TIMED_OUT GOES_ON LOST   |

            SHUTTING_DOWN | BOTH   | EXCEPTION STACK_OVERFLOW                 | ITSELF     VALUE     GOES_ON LOST   | HOW
            SHUTTING_DOWN | HEAL   | HALT EXIT SIGKILL SIGSEGV HEAP_EXHAUSTED | DIED       VALUE     GOES_ON LOST   | HOW; running task 'faulty'; only this task is lost; POOL
            SHUTTING_DOWN | STRICT | HALT EXIT SIGKILL SIGSEGV HEAP_EXHAUSTED | DIED       BROKEN    BROKEN  LOST   | HOW; running task 'faulty'; the pool is broken; POOL
            SHUTTING_DOWN | BOTH   | ENDLESS_LOOP SIGSTOP                     | TIMED_OUT  VALUE     GOES_ON LOST   | task 'faulty' ran longer; pool 'POOL'
            """;

    private static final Map<String, Row> ALL = parse();

    private FaultTable() {
    }

    static Row row(FaultStep step, FaultKind kind, DeathPolicy policy) {
        Row row = ALL.get(key(step, kind, policy));
        if (row == null) {
            throw new AssertionError("the table does not say what " + kind + " at " + step + " does, " + policy);
        }
        return row;
    }

    private static Map<String, Row> parse() {
        Map<String, Row> all = new HashMap<>();
        ROWS.lines().filter((line) -> line.contains("|") && !line.startsWith("#")).forEach((line) -> add(line, all));
        return all;
    }

    private static void add(String line, Map<String, Row> all) {
        String[] cells = line.split("\\|", -1);
        FaultStep step = FaultStep.valueOf(cells[0].trim());
        String policy = cells[1].trim();
        String[] outcome = cells[3].trim().split(" +");
        for (DeathPolicy each : DeathPolicy.values()) {
            if (policy.equals("BOTH") || policy.equals(each.name())) {
                for (String name : cells[2].trim().split(" +")) {
                    FaultKind kind = FaultKind.valueOf(name);
                    Row row = new Row(Ending.valueOf(outcome[0]), Ending.valueOf(outcome[1]),
                            outcome[2].equals("BROKEN"), Child.valueOf(outcome[3]), words(cells[4], kind));
                    if (all.put(key(step, kind, each), row) != null) {
                        throw new AssertionError("the table has two answers: " + line);
                    }
                }
            }
        }
    }

    private static List<String> words(String cell, FaultKind kind) {
        return Stream.of(cell.split(";"))
            .map(String::trim)
            .filter((word) -> !word.isEmpty())
            .map((word) -> word.equals("HOW") ? kind.words() : word)
            .toList();
    }

    private static String key(FaultStep step, FaultKind kind, DeathPolicy policy) {
        return step + " " + kind + " " + policy;
    }

    /** What becomes of the process. */
    enum Child {

        KEPT, LOST, EITHER

    }

    /** What has to happen. */
    record Row(Ending task, Ending next, boolean broken, Child child, List<String> words) {

        /** The words, with what is only known once the test runs. */
        List<String> words(String pool, long pid) {
            return this.words.stream()
                .map((word) -> word.replace("POOL", pool).replace("PID", String.valueOf(pid)))
                .toList();
        }

    }

}
