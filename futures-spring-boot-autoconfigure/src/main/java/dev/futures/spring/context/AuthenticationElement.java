// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.context;

import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Who the submitter is to Spring Security. A security context can be changed, so every
 * task has one of its own: what it changes is not seen by others, nor does it see what
 * its submitter changes later. The accessor of Spring Security hands over the context
 * itself; that of 7.0.0 even has the task run with it.
 */
final class AuthenticationElement implements ContextElement<Authentication> {

    static final String ACCESSOR = "org.springframework.security.core.context.SecurityContextHolderThreadLocalAccessor";

    @Override
    public Object key() {
        return SecurityContext.class.getName();
    }

    @Override
    public @Nullable Authentication capture() {
        return SecurityContextHolder.getContext().getAuthentication();
    }

    @Override
    public Runnable keep() {
        SecurityContext before = SecurityContextHolder.getContext();
        return () -> {
            if (before.getAuthentication() != null) {
                SecurityContextHolder.setContext(before);
            }
            else {
                SecurityContextHolder.clearContext();
            }
        };
    }

    @Override
    public void set(@Nullable Authentication value) {
        SecurityContextHolder.clearContext();
        if (value != null) {
            SecurityContext own = SecurityContextHolder.createEmptyContext();
            own.setAuthentication(value);
            SecurityContextHolder.setContext(own);
        }
    }

}
