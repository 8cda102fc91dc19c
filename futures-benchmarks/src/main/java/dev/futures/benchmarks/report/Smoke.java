// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.report;

import java.util.Optional;

import org.openjdk.jmh.runner.RunnerException;

/**
 * Runs each benchmark for a moment, only to see that it works.
 */
final class Smoke {

    private Smoke() {
    }

    /**
     * Runs the benchmarks and exits, with 1 if one throws something. What that one has
     * left running does not keep this JVM alive.
     * @param args nothing for all of them, or what {@link Rows#chosen} takes
     */
    public static void main(String[] args) {
        long start = System.nanoTime();
        // nothing is measured, so it does not matter who measures on the same machine
        System.setProperty("jmh.ignoreLock", "true");
        try {
            Runs runs = new Runs();
            for (Row row : Rows.chosen(args)) {
                for (Measure measure : row.measures()) {
                    run(runs, row, measure);
                }
            }
        }
        catch (RunnerException | RuntimeException ex) {
            ex.printStackTrace();
            System.exit(1);
        }
        System.err.println("Every benchmark works; that took " + (System.nanoTime() - start) / 1_000_000_000 + " s.");
        System.exit(0);
    }

    private static void run(Runs runs, Row row, Measure measure) throws RunnerException {
        for (Contestant contestant : measure.contestants()) {
            String what = row.label(measure, contestant);
            Optional<String> absence = measure.absence(contestant);
            if (absence.isPresent()) {
                System.err.println(what + ": left out, " + absence.get());
                continue;
            }
            System.err.println(what);
            runs.tried(measure, contestant);
        }
    }

}
