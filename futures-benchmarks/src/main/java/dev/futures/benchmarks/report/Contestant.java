// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.report;

/**
 * One of those that do the same work, so that they can be compared.
 *
 * @param id what the benchmark's parameter {@code contestant} calls it
 * @param title what the document calls it
 * @param need what it needs
 */
record Contestant(String id, String title, Need need) {

    static final Contestant FUTURES = of("futures", "futures");

    static Contestant of(String id, String title) {
        return new Contestant(id, title, Need.NOTHING);
    }

    static Contestant virtualThreads(String id, String title) {
        return new Contestant(id, title, Need.VIRTUAL_THREADS);
    }

    static Contestant python(String id, String title) {
        return new Contestant(id, title, Need.PYTHON);
    }

}
