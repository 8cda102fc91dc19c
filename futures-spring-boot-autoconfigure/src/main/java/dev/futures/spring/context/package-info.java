// SPDX-License-Identifier: Apache-2.0

/**
 * The context of a thread that submits a task, brought to where the task runs: its
 * logging context, its locale, its trace and security context.
 * <p>
 * A {@code ContextElement} is one kind of context: how to take it from a thread, and how
 * to put it into another. For threads, those of Micrometer's registry are added, if it is
 * there, but not that of Spring Security, which has a task and its submitter share an
 * object that both can change. To processes only values travel, so what may go there is a
 * fixed set.
 * <p>
 * Every task starts by putting all elements in place, and clears those for which its
 * submitter had nothing, so that no task finds what another one left. Context is no
 * reason for a task to fail: an element that throws is left out, and the first time that
 * happens is logged.
 */
@NullMarked
package dev.futures.spring.context;

import org.jspecify.annotations.NullMarked;
