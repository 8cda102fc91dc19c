// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.docs;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * What the examples are part of.
 */
@SpringBootApplication
class ExampleApplication {

}
