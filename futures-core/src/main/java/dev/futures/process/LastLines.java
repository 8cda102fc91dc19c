// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/**
 * Remembers the last lines of a stream, those that are not logged included. Cheap, since
 * there may be millions of them: the bytes only, in memory that is used again.
 */
final class LastLines {

    static final int COUNT = 20;

    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final byte[][] lines = new byte[COUNT][0];

    @GuardedBy("lock")
    private final int[] lengths = new int[COUNT];

    @GuardedBy("lock")
    private long total;

    void add(byte[] buffer, int length) {
        this.lock.lock();
        try {
            int index = (int) (this.total++ % COUNT);
            if (this.lines[index].length < length) {
                this.lines[index] = new byte[length];
            }
            System.arraycopy(buffer, 0, this.lines[index], 0, length);
            this.lengths[index] = length;
        }
        finally {
            this.lock.unlock();
        }
    }

    List<String> list() {
        List<String> result = new ArrayList<>();
        this.lock.lock();
        try {
            for (long i = Math.max(0, this.total - COUNT); i < this.total; i++) {
                int index = (int) (i % COUNT);
                result.add(OutputText.of(Arrays.copyOf(this.lines[index], this.lengths[index])));
            }
        }
        finally {
            this.lock.unlock();
        }
        return List.copyOf(result);
    }

}
