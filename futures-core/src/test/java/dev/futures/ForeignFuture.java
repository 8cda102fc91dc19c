// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * An implementation of {@link Future} that is not ours: it leads everything to a promise
 * but keeps its callbacks for ever, calls them twice, and never waits in an interrupted
 * thread.
 */
final class ForeignFuture {

    private final Promise<Integer> promise = new Promise<>();

    private final List<Consumer<? super Future<Integer>>> callbacks = new ArrayList<>();

    private final Future<Integer> future;

    @SuppressWarnings("unchecked")
    ForeignFuture() {
        this.future = (Future<Integer>) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[] { Future.class }, (proxy, method, arguments) -> switch (method.getName()) {
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "addDoneCallback" -> {
                        add((Consumer<? super Future<Integer>>) arguments[0]);
                        yield null;
                    }
                    default -> invoke(method, arguments);
                });
    }

    private Object invoke(java.lang.reflect.Method method, Object[] arguments) throws Throwable {
        boolean waits = method.getName().equals("exception") || method.getName().equals("get");
        if (waits && Thread.interrupted()) {
            throw new InterruptedException("although it need not wait");
        }
        try {
            return method.invoke(this.promise, arguments);
        }
        catch (InvocationTargetException ex) {
            throw ex.getCause();
        }
    }

    private void add(Consumer<? super Future<Integer>> callback) {
        this.callbacks.add(callback);
        this.promise.addDoneCallback((done) -> {
            callback.accept(this.future);
            callback.accept(this.future);
        });
    }

    Future<Integer> future() {
        return this.future;
    }

    Promise<Integer> promise() {
        return this.promise;
    }

    int callbacks() {
        return this.callbacks.size();
    }

}
