// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.context;

import org.springframework.util.ClassUtils;

/**
 * What may travel to another process, which need not have the classes for all of it.
 */
enum TravellingElement {

    /** The logging context. */
    MDC("org.slf4j.MDC"),

    /** The locale and the time zone. */
    LOCALE("org.springframework.context.i18n.LocaleContextHolder"),

    /** The security context. */
    SECURITY("org.springframework.security.core.context.SecurityContextHolder"),

    /** The trace. */
    TRACE("io.micrometer.tracing.propagation.Propagator");

    private final boolean present;

    TravellingElement(String type) {
        this.present = ClassUtils.isPresent(type, TravellingElement.class.getClassLoader());
    }

    /** Returns whether this JVM has the classes. */
    boolean isPresent() {
        return this.present;
    }

    /** Returns the element, whose values are serializable. */
    ContextElement<?> element() {
        return switch (this) {
            case MDC -> new MdcElement();
            case LOCALE -> new LocaleElement();
            case SECURITY -> new SecurityElement();
            case TRACE -> new TraceElement(() -> null);
        };
    }

}
