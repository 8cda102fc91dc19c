// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

/**
 * What messages and statistics call tasks.
 */
final class ItemNames {

    private ItemNames() {
    }

    /** A name may come from untrusted input, and must not forge lines of a log. */
    static String printable(String name) {
        return name.chars().noneMatch(Character::isISOControl) ? name : name.replaceAll("\\p{Cntrl}", "\ufffd");
    }

}
