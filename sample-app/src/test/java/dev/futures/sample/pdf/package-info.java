// SPDX-License-Identifier: Apache-2.0
/**
 * Tests of reading PDF files.
 */
@NullMarked
package dev.futures.sample.pdf;

import org.jspecify.annotations.NullMarked;
