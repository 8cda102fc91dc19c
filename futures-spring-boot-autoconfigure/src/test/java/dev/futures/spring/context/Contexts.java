// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.context;

import java.io.Serializable;
import java.time.Duration;
import java.util.Locale;
import java.util.TimeZone;

import dev.futures.spring.boot.autoconfigure.FuturesAutoConfiguration;
import dev.futures.spring.boot.autoconfigure.FuturesContextAutoConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * What threads have of a context.
 */
final class Contexts {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private Contexts() {
    }

    static ApplicationContextRunner runner() {
        return new ApplicationContextRunner().withConfiguration(
                AutoConfigurations.of(FuturesAutoConfiguration.class, FuturesContextAutoConfiguration.class));
    }

    /** Has the calling thread be somebody's. */
    static void become(String user, Locale locale) {
        MDC.put("user", user);
        LocaleContextHolder.setLocale(locale);
        LocaleContextHolder.setTimeZone(TimeZone.getTimeZone("Asia/Tokyo"));
        SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken(user, "secret"));
    }

    static void clear() {
        MDC.clear();
        LocaleContextHolder.resetLocaleContext();
        SecurityContextHolder.clearContext();
        RequestContextHolder.resetRequestAttributes();
    }

    static Seen see() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return new Seen(MDC.get("user"),
                (LocaleContextHolder.getLocaleContext() != null) ? LocaleContextHolder.getLocale() : null,
                (LocaleContextHolder.getLocaleContext() != null) ? LocaleContextHolder.getTimeZone().getID() : null,
                (authentication != null) ? authentication.getName() : null);
    }

    /** Leaves behind all that a task can, so that the next one may find it. */
    static Seen seeAndLitter() {
        Seen seen = see();
        become("litter", Locale.ITALIAN);
        return seen;
    }

    record Seen(@Nullable String user, @Nullable Locale locale, @Nullable String zone,
            @Nullable String principal) implements Serializable {

        static final Seen NOTHING = new Seen(null, null, null, null);

    }

}
