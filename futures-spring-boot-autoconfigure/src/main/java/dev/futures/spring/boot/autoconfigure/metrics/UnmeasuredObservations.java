// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure.metrics;

import dev.futures.spring.observation.TaskObservationContext;
import io.micrometer.core.instrument.observation.MeterObservationHandler;
import io.micrometer.observation.Observation;

/**
 * Keeps observations of tasks out of meters: {@code futures.tasks} and
 * {@code executor.active} say the same, for a fraction of what Micrometer's own handler
 * takes for each task.
 */
final class UnmeasuredObservations implements MeterObservationHandler<TaskObservationContext> {

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof TaskObservationContext;
    }

}
