// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.observation;

import dev.futures.Outcome;
import dev.futures.spring.observation.TaskObservationDocumentation.HighCardinalityKeyNames;
import dev.futures.spring.observation.TaskObservationDocumentation.LowCardinalityKeyNames;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

/**
 * The {@link TaskObservationConvention} that is used unless the application has one.
 */
public class DefaultTaskObservationConvention implements TaskObservationConvention {

    /**
     * Creates a convention.
     */
    public DefaultTaskObservationConvention() {
    }

    @Override
    public String getName() {
        return "futures.task";
    }

    @Override
    public String getContextualName(TaskObservationContext context) {
        return "task " + context.getTask().name();
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(TaskObservationContext context) {
        Throwable error = context.getError();
        return KeyValues.of(LowCardinalityKeyNames.POOL.withValue(context.getPool()),
                LowCardinalityKeyNames.KIND.withValue((context.getPid() != null) ? "process" : "thread"),
                LowCardinalityKeyNames.OUTCOME.withValue(outcome(context.getOutcome())),
                LowCardinalityKeyNames.EXCEPTION
                    .withValue((error != null) ? name(error.getClass()) : KeyValue.NONE_VALUE));
    }

    /** An anonymous class has no simple name. */
    private static String name(Class<?> type) {
        String simpleName = type.getSimpleName();
        return simpleName.isEmpty() ? type.getName() : simpleName;
    }

    private static String outcome(@Nullable Outcome outcome) {
        if (outcome == null) {
            return "UNKNOWN";
        }
        return switch (outcome) {
            case SUCCEEDED -> "SUCCESS";
            case FAILED -> "ERROR";
            case CANCELLED -> "CANCELLED";
            case TIMED_OUT -> "TIMEOUT";
        };
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(TaskObservationContext context) {
        KeyValues values = KeyValues.of(HighCardinalityKeyNames.TASK_NAME.withValue(context.getTask().name()),
                HighCardinalityKeyNames.TASK_ID.withValue(String.valueOf(context.getTask().id())));
        String worker = context.getWorker();
        if (worker != null) {
            values = values.and(HighCardinalityKeyNames.WORKER.withValue(worker));
        }
        Long pid = context.getPid();
        return (pid != null) ? values.and(HighCardinalityKeyNames.PID.withValue(pid.toString())) : values;
    }

}
