// SPDX-License-Identifier: Apache-2.0

/**
 * Auto-configuration: pools as beans from {@code futures.*} properties, their life cycle,
 * what their tasks get of the submitter's context, health, endpoint, console, events and
 * observations, and what users get wrong explained.
 */
@NullMarked
package dev.futures.spring.boot.autoconfigure;

import org.jspecify.annotations.NullMarked;
