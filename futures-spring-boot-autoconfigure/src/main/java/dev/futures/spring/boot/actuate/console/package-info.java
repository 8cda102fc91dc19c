// SPDX-License-Identifier: Apache-2.0

/**
 * The console: a page that shows what the actuator endpoint <code>futures</code> answers,
 * live. The endpoint here serves files and nothing else; all data comes from the other
 * one, with the access that the person has there.
 */
@NullMarked
package dev.futures.spring.boot.actuate.console;

import org.jspecify.annotations.NullMarked;
