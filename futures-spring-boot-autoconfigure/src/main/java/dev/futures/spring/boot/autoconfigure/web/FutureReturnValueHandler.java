// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure.web;

import java.util.concurrent.CompletionException;

import dev.futures.Future;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.WebAsyncUtils;
import org.springframework.web.method.support.AsyncHandlerMethodReturnValueHandler;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Handles a {@link Future} that a handler method returns, or the body of the response
 * that it returns: the request goes on when the task has ended, and the task ends when
 * the request does. Spring's own handlers do not cancel a stage, and without Reactor
 * write one that is a body as if it were data.
 */
final class FutureReturnValueHandler implements AsyncHandlerMethodReturnValueHandler {

    @Override
    public boolean isAsyncReturnValue(@Nullable Object returnValue, MethodParameter returnType) {
        return supportsReturnType(returnType) && (body(returnValue) instanceof Future);
    }

    /** Asked for the type of the value, if there is one. */
    @Override
    public boolean supportsReturnType(MethodParameter returnType) {
        Class<?> type = returnType.getParameterType();
        return Future.class.isAssignableFrom(type) || HttpEntity.class.isAssignableFrom(type);
    }

    @Override
    public void handleReturnValue(@Nullable Object returnValue, MethodParameter returnType,
            ModelAndViewContainer container, NativeWebRequest request) throws Exception {
        if (!(body(returnValue) instanceof Future<?> future)) {
            throw new IllegalArgumentException(
                    "value of a handler method must be, or have as its body, a future but was " + returnValue);
        }
        DeferredResult<@Nullable Object> result = new DeferredResult<>();
        // after a time-out or an error the response has been decided by then
        result.onCompletion(() -> future.cancel(true));
        try {
            WebAsyncUtils.getAsyncManager(request).startDeferredResultProcessing(result, container);
        }
        catch (Exception | Error ex) {
            // a filter or servlet without async support: nobody would get the result
            future.cancel(true);
            throw ex;
        }
        future.whenComplete((value, thrown) -> {
            if (thrown != null) {
                result.setErrorResult(unwrap(thrown));
            }
            else {
                result.setResult((returnValue instanceof HttpEntity<?> entity) ? withBody(entity, value) : value);
            }
        });
    }

    private static @Nullable Object body(@Nullable Object returnValue) {
        return (returnValue instanceof HttpEntity<?> entity) ? entity.getBody() : returnValue;
    }

    /** What the task threw is wrapped only where it might be mistaken. */
    private static Throwable unwrap(Throwable thrown) {
        return (thrown instanceof CompletionException && thrown.getCause() != null) ? thrown.getCause() : thrown;
    }

    private static ResponseEntity<@Nullable Object> withBody(HttpEntity<?> entity, @Nullable Object body) {
        HttpStatusCode status = (entity instanceof ResponseEntity<?> response) ? response.getStatusCode()
                : HttpStatus.OK;
        return ResponseEntity.status(status).headers(entity.getHeaders()).body(body);
    }

}
