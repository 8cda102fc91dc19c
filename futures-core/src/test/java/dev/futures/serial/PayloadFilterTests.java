// SPDX-License-Identifier: Apache-2.0

package dev.futures.serial;

import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputFilter.FilterInfo;
import java.io.ObjectInputFilter.Status;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a filter for one object allows, to the last element.
 */
class PayloadFilterTests {

    private static final int LENGTH = 1000;

    /** Some are free, and some for each byte. */
    private static final int SLOTS = 1024 + 4 * LENGTH;

    private final List<FilterInfo> asked = new ArrayList<>();

    private final PayloadFilter filter = filter((info) -> {
        this.asked.add(info);
        return Status.UNDECIDED;
    });

    private static PayloadFilter filter(ObjectInputFilter inner) {
        return new PayloadFilter(inner, LENGTH);
    }

    private static Status check(PayloadFilter filter, Class<?> type, long arrayLength) {
        return filter.checkInput(new Info(type, arrayLength, 1, 1, 1));
    }

    @ParameterizedTest
    @ValueSource(classes = { byte[].class, boolean[].class, short[].class, char[].class, int[].class, float[].class,
            long[].class, double[].class, Object[].class, int[][].class })
    void anArrayIsAsLongAsTheBytesAllow(Class<?> type) {
        int bytes = 1;
        if (type == short[].class || type == char[].class) {
            bytes = 2;
        }
        else if (type == int[].class || type == float[].class) {
            bytes = 4;
        }
        else if (type == long[].class || type == double[].class) {
            bytes = 8;
        }
        int longest = SLOTS / (type.getComponentType().isPrimitive() ? 4 * bytes : 1);
        assertThat(check(this.filter, type, longest)).isEqualTo(Status.UNDECIDED);
        assertThat(check(filter((info) -> Status.ALLOWED), type, longest + 1)).isEqualTo(Status.REJECTED);
    }

    @Test
    void allArraysTogetherAreAsLongAsTheBytesAllow() {
        for (int i = 0; i < 4; i++) {
            assertThat(check(this.filter, Object[].class, SLOTS / 4)).isEqualTo(Status.UNDECIDED);
        }
        assertThat(check(this.filter, Object[].class, 0)).isEqualTo(Status.UNDECIDED);
        assertThat(check(this.filter, Object[].class, 1)).isEqualTo(Status.REJECTED);
        assertThat(reason(this.filter)).isEqualTo("an array of length 1 cannot be in so few bytes");
    }

    @Test
    void anArrayThatWasReceivedIsThereOnce() throws Exception {
        this.filter.received(100_000);
        assertThat(check(this.filter, int[].class, 100_000)).isEqualTo(Status.REJECTED);
        assertThat(check(this.filter, byte[].class, 99_999)).isEqualTo(Status.REJECTED);
        PayloadFilter other = filter((info) -> Status.UNDECIDED);
        other.received(100_000);
        assertThat(check(other, byte[].class, 100_000)).isEqualTo(Status.UNDECIDED);
        assertThat(check(other, byte[].class, 100_000)).isEqualTo(Status.REJECTED);
    }

    @Test
    void aFilterIsToldOfAllBytesThereAre() throws Exception {
        this.filter.received(20_000);
        this.filter.received(30_000);
        assertThat(this.asked).extracting(FilterInfo::arrayLength).containsExactly(20_000L, 30_000L);
        assertThat(this.asked).extracting(FilterInfo::streamBytes).containsExactly(LENGTH + 20_000L, LENGTH + 50_000L);
        assertThat(this.asked).allMatch((info) -> info.serialClass() == byte[].class);
        PayloadFilter strict = filter((info) -> Status.REJECTED);
        assertThatExceptionOfType(InvalidClassException.class).isThrownBy(() -> strict.received(5));
        assertThat(reason(strict)).isEqualTo(
                "an array or buffer of 5 bytes, of 5 beside the stream, is refused by the deserialization filter");
    }

    @Test
    void aStandInIsNotForAFilterToDecide() {
        PayloadFilter strict = filter((info) -> Status.REJECTED);
        assertThat(check(strict, StandIn.class, -1)).isEqualTo(Status.UNDECIDED);
        assertThat(reason(strict)).isEqualTo("as thrown");
        assertThat(check(strict, String.class, -1)).isEqualTo(Status.REJECTED);
        assertThat(reason(strict)).startsWith("class java.lang.String is refused by the deserialization filter, at ");
    }

    private static String reason(PayloadFilter filter) {
        return String.valueOf(filter.orRefusal(new InvalidClassException("as thrown")).getMessage());
    }

    /**
     * What a stream tells.
     *
     * @param serialClass the class
     * @param arrayLength the length of an array, or -1
     * @param depth the depth
     * @param references how many objects there are
     * @param streamBytes how many bytes have been read
     */
    private record Info(Class<?> serialClass, long arrayLength, long depth, long references,
            long streamBytes) implements FilterInfo {

    }

}
