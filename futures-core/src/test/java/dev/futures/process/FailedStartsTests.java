// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long a worker waits before its next process, and when it gives up.
 */
class FailedStartsTests {

    private static final IOException FAILURE = new IOException("error=11, Resource temporarily unavailable");

    private static FailedStarts starts(ProcessPoolBuilder builder) {
        return new FailedStarts(builder.processSettings());
    }

    /** The pauses in milliseconds until the pool is broken. */
    private static List<Long> pauses(FailedStarts starts, boolean proven) {
        List<Long> pauses = new ArrayList<>();
        while (starts.add(FAILURE, proven) == null) {
            pauses.add(starts.pause().toMillis());
        }
        return pauses;
    }

    @Test
    void aPoolThatWasNeverReadyIsGivenUpSoon() {
        assertThat(pauses(starts(ProcessPoolExecutor.builder()), false)).containsExactly(100L, 200L, 400L, 800L);
    }

    @Test
    void aPoolThatWasReadyOutlivesAShortageOfSomeSeconds() {
        assertThat(pauses(starts(ProcessPoolExecutor.builder()), true)).containsExactly(100L, 500L, 2_500L, 12_500L);
    }

    @Test
    void noPauseIsLongerThanAQuarterOfAMinute() {
        assertThat(pauses(starts(ProcessPoolExecutor.builder().restartLimit(1_000)), true)).hasSize(999)
            .endsWith(15_000L)
            .allMatch((pause) -> pause <= 15_000);
    }

    @Test
    void aProcessThatGotReadyStartsTheCountAfresh() {
        FailedStarts starts = starts(ProcessPoolExecutor.builder());
        for (int i = 0; i < 4; i++) {
            assertThat(starts.add(FAILURE, true)).isNull();
        }
        assertThat(starts.left()).isEqualTo(1);
        starts.ready();
        starts.useful();
        assertThat(starts.left()).isEqualTo(5);
        assertThat(starts.pause()).isNull();
        assertThat(pauses(starts, true)).startsWith(100L, 500L);
    }

    @Test
    void aProcessThatDiedIdleIsReplacedAsSoonAsEver() {
        FailedStarts starts = starts(ProcessPoolExecutor.builder());
        assertThat(starts.add(FAILURE, true)).isNull();
        assertThat(starts.add(FAILURE, true)).isNull();
        starts.ready();
        starts.useful();
        starts.lost();
        assertThat(starts.pause()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void aStrictPoolIsGivenUpAtOnce() {
        assertThat(pauses(starts(ProcessPoolExecutor.builder().deathPolicy(DeathPolicy.STRICT)), true)).isEmpty();
    }

    @Test
    void whatTryingAgainCannotHelpIsNotTriedAgain() {
        FailedStarts starts = starts(ProcessPoolExecutor.builder());
        assertThat(starts.add(WorkerStartException.permanent("no such option", null), true))
            .contains("trying again would not help", "no such option");
    }

}
