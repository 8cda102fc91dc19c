// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;

/**
 * An iterator over what futures bring, for one thread at a time. It can be the subject of
 * one for-each loop or become one stream; close it if you may leave the loop early.
 *
 * @param <T> the type of the elements
 */
@SuppressWarnings("IterableAndIterator") // as every iterator in Python
public interface CloseableIterator<T extends @Nullable Object> extends Iterator<T>, Iterable<T>, AutoCloseable {

    /**
     * Gives up what has not been consumed; afterwards there is no next element. Does not
     * block.
     */
    @Override
    void close();

    /**
     * Returns this iterator itself, so it serves one loop only.
     */
    @Override
    default Iterator<T> iterator() {
        return this;
    }

    /**
     * Returns the remaining elements as a sequential stream that closes this iterator
     * when it is closed.
     * @return the stream
     */
    default Stream<T> stream() {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED), false)
            .onClose(this::close);
    }

}
