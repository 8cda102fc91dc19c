// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure.web;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;

/**
 * Gives an exception that says that a task could not be run in time the status 503, and
 * leaves the answer to the handlers that follow. The application's
 * {@code @ExceptionHandler} methods come before.
 */
final class UnavailableExceptionHandler implements WebExceptionHandler {

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable ex) {
        return Mono
            .error(Unavailability.is(ex) ? new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, null, ex) : ex);
    }

}
