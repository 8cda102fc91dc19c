// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import dev.futures.spring.boot.actuate.FuturesEndpoint;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the {@link FuturesEndpoint}.
 */
@AutoConfiguration(after = FuturesAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnAvailableEndpoint(FuturesEndpoint.class)
public final class FuturesEndpointAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    FuturesEndpoint futuresEndpoint(ConfigurableListableBeanFactory beans) {
        return new FuturesEndpoint(new ExistingPools(beans));
    }

}
