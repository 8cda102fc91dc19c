// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import java.util.Arrays;
import java.util.List;

import dev.futures.Executor;
import dev.futures.interpreter.InterpreterPoolExecutor;
import dev.futures.process.ProcessPoolExecutor;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;

/**
 * The executors that are beans, by name.
 */
final class NamedExecutors {

    private final ListableBeanFactory beans;

    NamedExecutors(ListableBeanFactory beans) {
        this.beans = beans;
    }

    /**
     * Checks a name, without making the bean.
     * @throws InvalidSubmitAsyncException if there is no such executor
     */
    void require(String where, String name) {
        if (!this.beans.containsBean(name) || !this.beans.isTypeMatch(name, Executor.class)) {
            throw unknown(where, name);
        }
    }

    private InvalidSubmitAsyncException unknown(String where, String name) {
        List<String> known = Arrays
            .asList(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(this.beans, Executor.class, false, false));
        String nearest = NearestName.of(name, known);
        return new InvalidSubmitAsyncException(
                where + " names the executor '" + name + "', but there is no dev.futures.Executor of that name"
                        + ((nearest != null) ? "; did you mean '" + nearest + "'?" : ""),
                "Use one of " + known + ", or configure a pool with the property futures.thread-pools." + name
                        + ".max-workers or futures.process-pools." + name + ".max-workers.");
    }

    /** Returns the executor of that name. */
    Executor get(String where, String name) {
        require(where, name);
        return this.beans.getBean(name, Executor.class);
    }

    /** Whether what it runs has to travel, as far as its type says. */
    boolean isolates(String name) {
        return this.beans.isTypeMatch(name, ProcessPoolExecutor.class)
                || this.beans.isTypeMatch(name, InterpreterPoolExecutor.class);
    }

}
