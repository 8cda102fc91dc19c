// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure.web;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.handler.AbstractHandlerExceptionResolver;

/**
 * Answers with 503 when a task could not be run in time, as Spring MVC does for a request
 * that took too long. Its order is the lowest there is, and it is declared after the
 * beans of the application, so that those of the same order are asked before.
 */
final class UnavailableExceptionResolver extends AbstractHandlerExceptionResolver {

    UnavailableExceptionResolver() {
        setWarnLogCategory(getClass().getName());
    }

    @Override
    protected @Nullable ModelAndView doResolveException(HttpServletRequest request, HttpServletResponse response,
            @Nullable Object handler, Exception ex) {
        if (!Unavailability.is(ex) || response.isCommitted()) {
            return null;
        }
        try {
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return new ModelAndView();
        }
        catch (IOException failure) {
            // nobody is there to be told
            this.logger.debug("cannot answer with 503", failure);
            return null;
        }
    }

}
