// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.observation;

import java.util.ArrayList;
import java.util.List;

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

    private static final KeyValue NO_EXCEPTION = LowCardinalityKeyNames.EXCEPTION.withValue(KeyValue.NONE_VALUE);

    private static final KeyValue IN_PROCESS = LowCardinalityKeyNames.KIND.withValue("process");

    private static final KeyValue IN_THREAD = LowCardinalityKeyNames.KIND.withValue("thread");

    private static final KeyValue UNKNOWN = LowCardinalityKeyNames.OUTCOME.withValue("UNKNOWN");

    private static final KeyValue SUCCESS = LowCardinalityKeyNames.OUTCOME.withValue("SUCCESS");

    private static final KeyValue ERROR = LowCardinalityKeyNames.OUTCOME.withValue("ERROR");

    private static final KeyValue CANCELLED = LowCardinalityKeyNames.OUTCOME.withValue("CANCELLED");

    private static final KeyValue TIMEOUT = LowCardinalityKeyNames.OUTCOME.withValue("TIMEOUT");

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
        // in the order of their names: KeyValues sorts what is not
        return KeyValues.of(
                (error != null) ? LowCardinalityKeyNames.EXCEPTION.withValue(name(error.getClass())) : NO_EXCEPTION,
                (context.getPid() != null) ? IN_PROCESS : IN_THREAD, outcome(context.getOutcome()),
                LowCardinalityKeyNames.POOL.withValue(context.getPool()));
    }

    /** An anonymous class has no simple name. */
    private static String name(Class<?> type) {
        String simpleName = type.getSimpleName();
        return simpleName.isEmpty() ? type.getName() : simpleName;
    }

    private static KeyValue outcome(@Nullable Outcome outcome) {
        if (outcome == null) {
            return UNKNOWN;
        }
        return switch (outcome) {
            case SUCCEEDED -> SUCCESS;
            case FAILED -> ERROR;
            case CANCELLED -> CANCELLED;
            case TIMED_OUT -> TIMEOUT;
        };
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(TaskObservationContext context) {
        String worker = context.getWorker();
        Long pid = context.getPid();
        List<KeyValue> values = new ArrayList<>(4);
        if (pid != null) {
            values.add(HighCardinalityKeyNames.PID.withValue(pid.toString()));
        }
        values.add(HighCardinalityKeyNames.TASK_ID.withValue(String.valueOf(context.getTask().id())));
        values.add(HighCardinalityKeyNames.TASK_NAME.withValue(context.getTask().name()));
        if (worker != null) {
            values.add(HighCardinalityKeyNames.WORKER.withValue(worker));
        }
        // in the order of their names, too
        return KeyValues.of(values.toArray(KeyValue[]::new));
    }

}
