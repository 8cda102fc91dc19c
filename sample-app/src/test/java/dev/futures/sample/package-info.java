// SPDX-License-Identifier: Apache-2.0

/**
 * Tests of the application as a whole: its web API, its page, and its processes.
 */
package dev.futures.sample;
