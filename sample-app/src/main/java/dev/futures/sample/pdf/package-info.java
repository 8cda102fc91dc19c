// SPDX-License-Identifier: Apache-2.0
/**
 * Reading PDF files: thumbnails and text of every page, within a small heap. Plain Java
 * that knows nothing of pools, so that it runs wherever a task runs.
 */
@NullMarked
package dev.futures.sample.pdf;

import org.jspecify.annotations.NullMarked;
