// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.util.Optional;

import dev.futures.spring.boot.actuate.console.FuturesConsoleEndpoint;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ImportRuntimeHints;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the
 * {@link FuturesConsoleEndpoint}.
 */
@AutoConfiguration(after = FuturesEndpointAutoConfiguration.class)
@ConditionalOnWebApplication
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnAvailableEndpoint(FuturesConsoleEndpoint.class)
@ImportRuntimeHints(FuturesConsoleAutoConfiguration.Files.class)
public final class FuturesConsoleAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    FuturesConsoleEndpoint futuresConsoleEndpoint(ObjectProvider<PathMappedEndpoints> endpoints) {
        // asked at each request: the paths are known after all endpoints have been made
        return new FuturesConsoleEndpoint((id) -> Optional.ofNullable(endpoints.getIfUnique())
            .map((each) -> each.getRootPath(EndpointId.of(id)))
            .orElse(id));
    }

    static class Files implements RuntimeHintsRegistrar {

        @Override
        public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
            hints.resources().registerPattern("dev/futures/spring/boot/actuate/console/**");
        }

    }

}
