// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.actuate;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * {@link EndpointWebExtension} for the {@link FuturesEndpoint} that tells by the status
 * whether a request was wrong or what it is about is not there, and says why.
 */
@EndpointWebExtension(endpoint = FuturesEndpoint.class)
public class FuturesEndpointWebExtension {

    private final FuturesEndpoint delegate;

    /**
     * Creates an extension.
     * @param delegate the endpoint
     */
    public FuturesEndpointWebExtension(FuturesEndpoint delegate) {
        this.delegate = delegate;
    }

    /**
     * Does what {@link FuturesEndpoint#change} does.
     * @param pool the name of the pool
     * @param maxWorkers how many workers there may be from now on
     * @param action what to do
     * @param worker the worker to recycle, or {@code null} for all
     * @return nothing, or why not
     */
    @WriteOperation(produces = "application/json")
    public WebEndpointResponse<RefusalDescriptor> change(@Selector String pool, @Nullable Integer maxWorkers,
            @Nullable String action, @Nullable String worker) {
        return answer(() -> this.delegate.change(pool, maxWorkers, action, worker));
    }

    /**
     * Does what {@link FuturesEndpoint#cancel} does.
     * @param pool the name of the pool
     * @param taskId the number of the task
     * @return nothing, or why not
     */
    @DeleteOperation(produces = "application/json")
    public WebEndpointResponse<RefusalDescriptor> cancel(@Selector String pool, @Selector long taskId) {
        return answer(() -> this.delegate.cancel(pool, taskId));
    }

    private static WebEndpointResponse<RefusalDescriptor> answer(Runnable operation) {
        try {
            operation.run();
            return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NO_CONTENT);
        }
        catch (FuturesEndpoint.NotFoundException ex) {
            return refusal(ex, WebEndpointResponse.STATUS_NOT_FOUND);
        }
        catch (InvalidEndpointRequestException ex) {
            return refusal(ex, WebEndpointResponse.STATUS_BAD_REQUEST);
        }
    }

    private static WebEndpointResponse<RefusalDescriptor> refusal(InvalidEndpointRequestException ex, int status) {
        return new WebEndpointResponse<>(new RefusalDescriptor(ex.getReason()), status);
    }

    /**
     * Why a request was refused.
     *
     * @param reason why
     */
    public record RefusalDescriptor(@Nullable String reason) implements OperationResponseBody {

    }

}
