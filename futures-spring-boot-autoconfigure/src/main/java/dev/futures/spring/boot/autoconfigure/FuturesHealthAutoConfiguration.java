// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import dev.futures.process.ProcessPoolExecutor;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the health of pools. That of a
 * parent context does not show the pools of this one.
 */
@AutoConfiguration(before = HealthContributorAutoConfiguration.class, after = FuturesAutoConfiguration.class)
@ConditionalOnClass(HealthContributor.class)
@ConditionalOnEnabledHealthIndicator("futures")
@ConditionalOnBooleanProperty(name = ProcessPoolExecutor.WORKER_PROPERTY, havingValue = false, matchIfMissing = true)
public final class FuturesHealthAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = { "futuresHealthIndicator", "futuresHealthContributor" },
            search = SearchStrategy.CURRENT)
    HealthContributor futuresHealthContributor(ConfigurableListableBeanFactory beans) {
        return new PoolsHealth(() -> ExistingPools.includingAncestors(beans));
    }

}
