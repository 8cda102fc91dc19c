// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.CancellationException;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import dev.futures.Future;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Sees to it that somebody learns how a method without result has failed. None of those
 * who may fail on the way keeps the failure from the log.
 */
final class UncaughtFailures {

    private static final Log logger = LogFactory.getLog(SubmitAsync.class);

    private final BeanFactory beans;

    private final ApplicationEventPublisher publisher;

    UncaughtFailures(BeanFactory beans, ApplicationEventPublisher publisher) {
        this.beans = beans;
        this.publisher = publisher;
    }

    /** Reports what is wrong with the end of a task, if anything is. */
    void report(Future<?> done, Method method, String what, MethodInvocation invocation) {
        Throwable failure = failure(done);
        if (failure == null) {
            return;
        }
        if (!isHandled(failure, method, invocation)) {
            log(failure, what);
        }
        publish(failure, what, invocation);
    }

    private static @Nullable Throwable failure(Future<?> done) {
        if (done.cancelled()) {
            return new CancellationException();
        }
        try {
            return done.exception();
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return ex;
        }
    }

    private boolean isHandled(Throwable failure, Method method, MethodInvocation invocation) {
        for (SubmitAsyncExceptionHandler handler : handlers()) {
            try {
                if (handler.handle(failure, method, invocation.getArguments())) {
                    return true;
                }
            }
            catch (RuntimeException | Error ex) {
                logger.warn("a SubmitAsyncExceptionHandler failed itself: " + handler.getClass(), ex);
            }
        }
        return false;
    }

    /** Looked up when needed, so that they may be made from whatever there is. */
    private List<SubmitAsyncExceptionHandler> handlers() {
        try {
            return this.beans.getBeanProvider(SubmitAsyncExceptionHandler.class).orderedStream().toList();
        }
        catch (RuntimeException ex) {
            logger.debug("there are no SubmitAsyncExceptionHandlers, or none any more", ex);
            return List.of();
        }
    }

    private static void log(Throwable failure, String what) {
        if (failure instanceof CancellationException) {
            logger.warn(what + " was cancelled");
        }
        else {
            logger.error(what + " failed", failure);
        }
    }

    private void publish(Throwable failure, String what, MethodInvocation invocation) {
        try {
            this.publisher.publishEvent(new SubmitAsyncFailedEvent(invocation, failure));
        }
        catch (RuntimeException | Error ex) {
            // a context that is being closed publishes nothing any more
            logger.warn("the event of the failure of " + what + " could not be published", ex);
        }
    }

}
