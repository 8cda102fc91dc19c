// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.docs;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the inspector of the examples is told.
 */
@ConfigurationProperties("limits")
record Limits(@DefaultValue("100") int pages) {

}
