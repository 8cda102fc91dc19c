// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.worker;

import java.util.Map;

import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.MapPropertySource;

/**
 * Adds what the parent forwards to the environment, before configuration files are read.
 * A source of its own, so that no other spelling of a name wins over what is fixed.
 */
final class ForwardedPropertySource implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    private final Map<String, String> properties;

    ForwardedPropertySource(Map<String, String> properties) {
        this.properties = properties;
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        event.getEnvironment()
            .getPropertySources()
            .addAfter(CommandLinePropertySource.COMMAND_LINE_PROPERTY_SOURCE_NAME,
                    new MapPropertySource("futuresForwarded", Map.copyOf(this.properties)));
    }

    /** Before the listener that reads configuration files. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

}
