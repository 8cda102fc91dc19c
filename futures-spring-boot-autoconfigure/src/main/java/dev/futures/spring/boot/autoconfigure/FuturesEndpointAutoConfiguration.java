// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import dev.futures.spring.boot.actuate.FuturesEndpoint;
import dev.futures.spring.boot.actuate.FuturesEndpointWebExtension;
import dev.futures.spring.boot.actuate.RecentFailures;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.EndpointAccessResolver;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the {@link FuturesEndpoint}.
 * That of a parent context does not show the pools of this one.
 */
@AutoConfiguration(after = FuturesAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnAvailableEndpoint(FuturesEndpoint.class)
public final class FuturesEndpointAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    FuturesEndpoint futuresEndpoint(ConfigurableListableBeanFactory beans, RecentFailures futuresRecentFailures,
            ObjectProvider<EndpointAccessResolver> access) {
        EndpointAccessResolver resolver = access.getIfAvailable(() -> (id, defaultAccess) -> defaultAccess);
        boolean operations = resolver.accessFor(EndpointId.of("futures"), Access.READ_ONLY) == Access.UNRESTRICTED;
        return new FuturesEndpoint(() -> ExistingPools.includingAncestors(beans), futuresRecentFailures, operations);
    }

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    @ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
    FuturesEndpointWebExtension futuresEndpointWebExtension(FuturesEndpoint futuresEndpoint) {
        return new FuturesEndpointWebExtension(futuresEndpoint);
    }

    /**
     * Pools of a child context tell their own, as it has the same name.
     */
    @Bean
    RecentFailures futuresRecentFailures(ConfigurableListableBeanFactory beans) {
        BeanFactory parent = beans.getParentBeanFactory();
        return new RecentFailures(
                (parent != null) ? parent.getBeanProvider(RecentFailures.class).getIfAvailable() : null);
    }

}
