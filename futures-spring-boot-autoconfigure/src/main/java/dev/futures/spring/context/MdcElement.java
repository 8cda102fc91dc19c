// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.context;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The logging context of SLF4J, in which tracing keeps the ids of the trace.
 */
final class MdcElement implements ContextElement<Map<String, String>> {

    static final String KEY = "cp.slf4j";

    @Override
    public Object key() {
        return KEY;
    }

    @Override
    public @Nullable Map<String, String> capture() {
        Map<String, String> present = MDC.getCopyOfContextMap();
        return (present != null && !present.isEmpty()) ? new HashMap<>(present) : null;
    }

    @Override
    public Runnable keep() {
        Map<String, String> before = capture();
        return () -> set(before);
    }

    @Override
    public void set(@Nullable Map<String, String> value) {
        if (value != null) {
            MDC.setContextMap(value);
        }
        else {
            MDC.clear();
        }
    }

}
