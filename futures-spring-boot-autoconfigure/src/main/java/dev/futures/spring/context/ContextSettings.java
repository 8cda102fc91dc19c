// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.context;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import dev.futures.ContextCapture;
import org.jspecify.annotations.Nullable;

/**
 * What tasks get of the context of the thread that submits them.
 *
 * @param mdc whether they get its logging context (MDC)
 * @param locale whether they get its locale and time zone
 * @param requestAttributes whether those in threads get the web request
 * @param securityInProcesses whether those in processes get the security context
 */
public record ContextSettings(boolean mdc, boolean locale, boolean requestAttributes, boolean securityInProcesses) {

    /**
     * Returns a capture for tasks in threads of what these settings name.
     * @return the capture, safe for use by multiple threads
     */
    public ContextCapture forThreads() {
        List<ContextElement<?>> elements = own();
        return () -> ThreadContext.capture(elements);
    }

    /**
     * Returns a capture for tasks in threads of what these settings name, and of all else
     * that Micrometer's global registry has an accessor for when a task is submitted.
     * Needs Micrometer's context propagation.
     * @return the capture, safe for use by multiple threads
     */
    public ContextCapture forThreadsAsRegistered() {
        Set<Object> unwanted = new HashSet<>();
        if (!this.mdc) {
            unwanted.add(MdcElement.KEY);
        }
        if (!this.locale) {
            unwanted.add(LocaleElement.KEY);
        }
        RegisteredElements elements = RegisteredElements.of(own(), unwanted, this.requestAttributes);
        return () -> ThreadContext.capture(elements.get());
    }

    /**
     * Returns a capture for tasks in processes of what these settings name.
     * @return the capture, safe for use by multiple threads
     */
    public ContextCapture forProcesses() {
        List<TravellingElement> elements = travellingToProcesses();
        return () -> ProcessContext.capture(elements);
    }

    /**
     * Returns a capture for tasks in processes of what these settings name, and of a
     * trace.
     * @param trace the trace of the calling thread as its fields, or {@code null} if it
     * is in none; asked for each task
     * @return the capture, safe for use by multiple threads
     */
    public ContextCapture forProcesses(Supplier<@Nullable Map<String, String>> trace) {
        List<TravellingElement> elements = travellingToProcesses();
        return () -> ProcessContext.capture(elements).with(CapturedElement.of(new TraceElement(trace)).value());
    }

    private List<ContextElement<?>> own() {
        return travelling().stream().<ContextElement<?>>map(TravellingElement::element).toList();
    }

    private List<TravellingElement> travellingToProcesses() {
        List<TravellingElement> elements = travelling();
        if (this.securityInProcesses && TravellingElement.SECURITY.isPresent()) {
            elements.add(TravellingElement.SECURITY);
        }
        return elements;
    }

    private List<TravellingElement> travelling() {
        List<TravellingElement> elements = new ArrayList<>();
        if (this.mdc && TravellingElement.MDC.isPresent()) {
            elements.add(TravellingElement.MDC);
        }
        if (this.locale) {
            elements.add(TravellingElement.LOCALE);
        }
        return elements;
    }

}
