// SPDX-License-Identifier: Apache-2.0
/**
 * Reading PDF files: thumbnails and text of every page, within a small heap. Plain Java
 * that runs wherever a task runs; it tells the task how far it is, if there is one, and
 * knows nothing else of pools.
 */
@NullMarked
package dev.futures.sample.pdf;

import org.jspecify.annotations.NullMarked;
