// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.context;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;

import org.springframework.util.ClassUtils;
import org.springframework.web.context.request.RequestAttributesThreadLocalAccessor;

/**
 * What Micrometer's registry knows at the moment, and what it does not know but tasks are
 * to have. Nothing is added to the registry: it belongs to the application, and all of
 * the JVM would see it.
 */
final class RegisteredElements implements Supplier<List<ContextElement<?>>> {

    private static final String REQUEST_ACCESSOR = "org.springframework.web.context.request.RequestAttributesThreadLocalAccessor";

    static final String REQUEST_KEY = REQUEST_ACCESSOR + ".KEY";

    private final List<ContextElement<?>> own;

    private final Set<Object> unwanted;

    private RegisteredElements(List<ContextElement<?>> own, Set<Object> unwanted) {
        this.own = own;
        this.unwanted = unwanted;
    }

    /**
     * Returns elements with or without the web request, which is gone when it has been
     * answered, so that nobody gets it unasked.
     */
    static RegisteredElements of(List<ContextElement<?>> own, Set<Object> unwanted, boolean requestAttributes) {
        List<ContextElement<?>> elements = new ArrayList<>(own);
        Set<Object> keys = new HashSet<>(unwanted);
        if (!requestAttributes) {
            keys.add(REQUEST_KEY);
        }
        else if (ClassUtils.isPresent(REQUEST_ACCESSOR, RegisteredElements.class.getClassLoader())) {
            elements.add(new AccessorElement<>(new RequestAttributesThreadLocalAccessor()));
        }
        return new RegisteredElements(elements, keys);
    }

    /** Those of the registry come last: a trace may add to the logging context. */
    @Override
    public List<ContextElement<?>> get() {
        List<ThreadLocalAccessor<?>> accessors = ContextRegistry.getInstance().getThreadLocalAccessors();
        Set<Object> known = accessors.stream().map(ThreadLocalAccessor::key).collect(Collectors.toSet());
        List<ContextElement<?>> elements = new ArrayList<>();
        this.own.stream().filter((each) -> !known.contains(each.key())).forEach(elements::add);
        accessors.stream()
            .filter((each) -> !this.unwanted.contains(each.key()))
            .forEach((each) -> elements.add(element(each)));
        return elements;
    }

    private static ContextElement<?> element(ThreadLocalAccessor<?> accessor) {
        boolean security = AuthenticationElement.ACCESSOR.equals(accessor.getClass().getName());
        return security ? new AuthenticationElement() : new AccessorElement<>(accessor);
    }

}
