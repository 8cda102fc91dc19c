// SPDX-License-Identifier: Apache-2.0

/**
 * The document inspector: a web application whose documents are stored by a pool of
 * threads and read by a pool of processes.
 */
@NullMarked
package dev.futures.sample;

import org.jspecify.annotations.NullMarked;
