// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.docs;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

// tag::worker-configuration[]
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(Limits.class)
@Import({ DocumentInspector.class, PageCounter.class })
class DocumentConfiguration {

}
// end::worker-configuration[]
