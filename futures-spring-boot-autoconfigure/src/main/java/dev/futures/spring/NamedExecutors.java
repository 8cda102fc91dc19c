// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import java.util.Arrays;
import java.util.List;

import dev.futures.Executor;
import dev.futures.interpreter.InterpreterPoolExecutor;
import dev.futures.process.ProcessPoolExecutor;
import org.jspecify.annotations.Nullable;

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
        if (!exists(name)) {
            throw new InvalidSubmitAsyncException(unknown(where, name), action(name));
        }
    }

    private boolean exists(String name) {
        return this.beans.containsBean(name) && this.beans.isTypeMatch(name, Executor.class);
    }

    private String unknown(String where, String name) {
        String nearest = NearestName.of(name, known());
        return where + " names the executor '" + name + "', but there is no dev.futures.Executor of that name"
                + ((nearest != null) ? "; did you mean '" + nearest + "'?" : "");
    }

    private String action(String name) {
        return "Use one of " + known() + ", or configure a pool with the property futures.thread-pools." + name
                + ".max-workers or futures.process-pools." + name + ".max-workers.";
    }

    private List<String> known() {
        return Arrays
            .asList(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(this.beans, Executor.class, false, false));
    }

    /**
     * Returns the executor that a call has chosen by name. The message says what to do,
     * since there is no report of a start-up that would.
     * @param template what was evaluated
     * @param chosen what came of it
     * @throws InvalidSubmitAsyncException if there is no such executor
     */
    Executor chosen(String where, String template, @Nullable Object chosen) {
        String name = (chosen != null) ? chosen.toString().trim() : "";
        if (name.isEmpty()) {
            String action = "Use one of " + known() + ".";
            throw new InvalidSubmitAsyncException(
                    where + ": executor '" + template + "' evaluates to "
                            + ((chosen != null) ? "an empty text" : "null") + ", not to the name of one. " + action,
                    action);
        }
        if (!exists(name)) {
            String message = unknown(where + ": executor '" + template + "'", name);
            throw new InvalidSubmitAsyncException(message + (message.endsWith("?") ? " " : ". ") + action(name),
                    action(name));
        }
        return this.beans.getBean(name, Executor.class);
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
