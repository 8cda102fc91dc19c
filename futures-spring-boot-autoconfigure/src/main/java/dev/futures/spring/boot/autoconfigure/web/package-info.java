// SPDX-License-Identifier: Apache-2.0

/**
 * Futures that handler methods return, and what a task that could not be run in time is
 * to the client.
 * <p>
 * Spring MVC gets a handler of its own for them, so that they behave alike whether
 * Reactor is there or not, and end with their request. Spring WebFlux takes a future for
 * the {@link java.util.concurrent.CompletionStage} that it is, and needs none.
 */
@NullMarked
package dev.futures.spring.boot.autoconfigure.web;

import org.jspecify.annotations.NullMarked;
