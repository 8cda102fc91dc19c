// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.report;

import java.util.List;
import java.util.stream.Stream;

/**
 * All that is promised.
 */
final class Rows {

    private Rows() {
    }

    /**
     * Returns all rows.
     * @return the rows, in the order of the document
     */
    static List<Row> all() {
        return Stream.of(ThreadRows.all(), SpringRows.all(), ProcessRows.all()).flatMap(List::stream).toList();
    }

    /**
     * Returns the rows that are meant.
     * @param args nothing for all of them, or a part of an id, a title or a benchmark's
     * name
     * @return the rows
     * @throws IllegalArgumentException if there is none
     */
    static List<Row> chosen(String[] args) {
        List<Row> rows = all().stream().filter((row) -> args.length == 0 || row.matches(args[0])).toList();
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("no row has '" + args[0] + "' in its id, title or benchmark; there are: "
                    + all().stream().map(Row::id).toList());
        }
        return rows;
    }

}
