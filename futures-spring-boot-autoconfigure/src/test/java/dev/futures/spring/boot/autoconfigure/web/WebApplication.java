// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure.web;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * An application whose controller returns futures.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(FutureController.class)
class WebApplication {

}
