// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.report;

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
 * Has JMH run one contestant of a measure.
 */
final class Runs {

    private Runs() {
    }

    /**
     * Runs it in one JVM of its own, for as long as the benchmark says.
     * @param measure the measure
     * @param contestant the contestant
     * @return the score
     * @throws RunnerException if the benchmark throws something
     */
    static double measured(Measure measure, Contestant contestant) throws RunnerException {
        return run(measure, options(measure, contestant).forks(1));
    }

    /**
     * Runs it once, or for a moment, in this JVM.
     * @param measure the measure
     * @param contestant the contestant
     * @return a score that says nothing
     * @throws RunnerException if the benchmark throws something
     */
    static double tried(Measure measure, Contestant contestant) throws RunnerException {
        return run(measure,
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
            .verbosity(VerboseMode.SILENT);
        measure.params().forEach((name, value) -> options.param(name, value));
        return measure.allocation() ? options.addProfiler(GCProfiler.class) : options;
    }

    private static double run(Measure measure, ChainedOptionsBuilder options) throws RunnerException {
        RunResult run = new Runner(options.build()).runSingle();
        Result<?> score = (measure.secondary() != null) ? run.getSecondaryResults().get(measure.secondary())
                : run.getPrimaryResult();
        if (score == null) {
            throw new IllegalStateException("%s has no result '%s'; there are: %s".formatted(measure.benchmark(),
                    measure.secondary(), run.getSecondaryResults().keySet()));
        }
        return score.getScore();
    }

}
