// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.report;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Has JMH run the contestants of measures. Measures that are of the same run share it, so
 * what counts several things is run once.
 */
final class Runs {

    private final Map<Run, RunResult> done = new HashMap<>();

    /**
     * Runs a contestant in one JVM of its own, for as long as the benchmark says.
     * @param measure the measure
     * @param contestant the contestant
     * @return the score
     * @throws RunnerException if the benchmark throws something
     */
    double measured(Measure measure, Contestant contestant) throws RunnerException {
        ChainedOptionsBuilder options = options(measure, contestant).forks(1);
        if (contestant.need() == Need.PYTHON) {
            options.warmupIterations(1).measurementIterations(1); // it is slow, and has
                                                                  // no compiler that
                                                                  // warms up
        }
        return score(measure, contestant, options);
    }

    /**
     * Runs it once, or for a moment, in this JVM.
     * @param measure the measure
     * @param contestant the contestant
     * @return a score that says nothing
     * @throws RunnerException if the benchmark throws something
     */
    double tried(Measure measure, Contestant contestant) throws RunnerException {
        return score(measure, contestant,
                options(measure, contestant).forks(0)
                    .warmupIterations(0)
                    .measurementIterations(1)
                    .measurementBatchSize(1)
                    .measurementTime(TimeValue.milliseconds(1)));
    }

    private static ChainedOptionsBuilder options(Measure measure, Contestant contestant) {
        ChainedOptionsBuilder options = new OptionsBuilder().include("^" + Pattern.quote(measure.benchmark()) + "$")
            .param("contestant", contestant.id())
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .addProfiler(GCProfiler.class); // looks at counters between iterations, so it
                                            // takes no time
        measure.params().forEach((name, value) -> options.param(name, value));
        return options;
    }

    private double score(Measure measure, Contestant contestant, ChainedOptionsBuilder options) throws RunnerException {
        Run run = new Run(measure.benchmark(), measure.params(), contestant.id());
        RunResult result = this.done.get(run);
        if (result == null) {
            result = new Runner(options.build()).runSingle();
            this.done.put(run, result);
        }
        Result<?> score = (measure.secondary() != null) ? result.getSecondaryResults().get(measure.secondary())
                : result.getPrimaryResult();
        if (score == null) {
            throw new IllegalStateException("%s has no result '%s'; there are: %s".formatted(measure.benchmark(),
                    measure.secondary(), result.getSecondaryResults().keySet()));
        }
        return score.getScore();
    }

    /** What tells one run from another. */
    private record Run(String benchmark, Map<String, String> params, String contestant) {

    }

}
