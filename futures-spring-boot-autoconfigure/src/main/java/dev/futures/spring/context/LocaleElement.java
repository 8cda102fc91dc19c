// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.context;

import java.io.Serializable;
import java.util.Locale;
import java.util.TimeZone;

import org.jspecify.annotations.Nullable;

import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.context.i18n.SimpleLocaleContext;
import org.springframework.context.i18n.SimpleTimeZoneAwareLocaleContext;
import org.springframework.context.i18n.TimeZoneAwareLocaleContext;

/**
 * The locale and time zone of Spring, by their values: the context of a web request asks
 * the request, which may be somebody else's by the time that the task runs.
 */
final class LocaleElement implements ContextElement<LocaleElement.Value> {

    static final String KEY = "org.springframework.context.i18n.LocaleContextThreadLocalAccessor.KEY";

    @Override
    public Object key() {
        return KEY;
    }

    @Override
    public @Nullable Value capture() {
        LocaleContext present = LocaleContextHolder.getLocaleContext();
        if (present == null) {
            return null;
        }
        TimeZone zone = (present instanceof TimeZoneAwareLocaleContext aware) ? aware.getTimeZone() : null;
        return new Value(present.getLocale(), zone);
    }

    @Override
    public Runnable keep() {
        LocaleContext before = LocaleContextHolder.getLocaleContext();
        return () -> LocaleContextHolder.setLocaleContext(before);
    }

    @Override
    public void set(@Nullable Value value) {
        LocaleContextHolder.setLocaleContext((value != null) ? value.toContext() : null);
    }

    record Value(@Nullable Locale locale, @Nullable TimeZone zone) implements Serializable {

        LocaleContext toContext() {
            return (this.zone != null) ? new SimpleTimeZoneAwareLocaleContext(this.locale, this.zone)
                    : new SimpleLocaleContext(this.locale);
        }

    }

}
