// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.io.Serializable;
import java.util.Iterator;

import org.jspecify.annotations.Nullable;

/**
 * What makes one input of two, and one function of a function with two.
 */
final class MapPairs {

    private MapPairs() {
    }

    /** Pairs the inputs up until one of them ends; it takes from neither or from both. */
    static <A extends @Nullable Object, B extends @Nullable Object> Iterable<Pair<A, B>> zip(
            Iterable<? extends A> firsts, Iterable<? extends B> seconds) {
        return () -> new Zip<>(firsts.iterator(), seconds.iterator());
    }

    private record Zip<A extends @Nullable Object, B extends @Nullable Object>(Iterator<? extends A> firsts,
            Iterator<? extends B> seconds) implements Iterator<Pair<A, B>> {

        @Override
        public boolean hasNext() {
            return this.firsts.hasNext() && this.seconds.hasNext();
        }

        @Override
        public Pair<A, B> next() {
            return new Pair<>(this.firsts.next(), this.seconds.next());
        }

    }

    /**
     * Two inputs that belong together.
     *
     * @param <A> the type of the first input
     * @param <B> the type of the second input
     * @param first the first input
     * @param second the second input
     */
    @SuppressWarnings("serial")
    record Pair<A extends @Nullable Object, B extends @Nullable Object>(A first, B second) implements Serializable {

    }

    /**
     * A function with two inputs as one with a pair.
     *
     * @param <A> the type of the first input
     * @param <B> the type of the second input
     * @param <R> the type of the result
     * @param function the function
     */
    record OfPair<A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>(
            TaskBiFunction<? super A, ? super B, ? extends R> function) implements TaskFunction<Pair<A, B>, R> {

        @Override
        public R apply(Pair<A, B> pair) throws Exception {
            return this.function.apply(pair.first(), pair.second());
        }

    }

}
