// SPDX-License-Identifier: Apache-2.0

package dev.futures.serial;

import java.io.ObjectInputFilter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Values of common classes have a form of their own.
 */
class PlainValueTests {

    private static final byte STREAM_OF_JDK = (byte) 0xac;

    private static Payloads payloads(String filter) {
        return new Payloads(PlainValueTests.class.getClassLoader(), ObjectInputFilter.Config.createFilter(filter),
                1_000_000);
    }

    private static byte first(Parcel parcel) {
        return parcel.stream().get(0);
    }

    static List<@Nullable Object> values() {
        return Arrays.asList(null, true, false, 0, -1, Integer.MIN_VALUE, Long.MAX_VALUE, -0.0, Double.NaN, "", "plain",
                "\u00e9\u00ff", "\u20ac", "\ud800 alone", "x".repeat(1000));
    }

    @ParameterizedTest
    @MethodSource("values")
    void aValueArrivesAsItIs(@Nullable Object value) throws Exception {
        Payloads payloads = payloads("maxdepth=3");
        Parcel parcel = payloads.pack(value);
        assertThat(first(parcel)).isNotEqualTo(STREAM_OF_JDK);
        Object read = payloads.unpack(parcel);
        assertThat(read).isEqualTo(value);
        if (value != null) {
            assertThat(read).hasSameClassAs(value);
        }
    }

    @Test
    void aListOfValuesArrivesAsItIs() throws Exception {
        Payloads payloads = payloads("maxdepth=3");
        Parcel parcel = payloads.pack(new ArrayList<>(values()));
        assertThat(first(parcel)).isNotEqualTo(STREAM_OF_JDK);
        assertThat(payloads.unpack(parcel)).isExactlyInstanceOf(ArrayList.class).isEqualTo(values());
    }

    static List<Object> otherThings() {
        ArrayList<Object> ofSubclass = new OwnList();
        ofSubclass.add(1);
        return List.of(ofSubclass, List.of(1), List.of(), Collections.emptyList(), Arrays.asList(1, null),
                Collections.unmodifiableList(new ArrayList<>(List.of(1))), new java.util.LinkedList<>(List.of(1)), 1.5f,
                'c', "x".repeat(70_000), new ArrayList<>(List.of(1, new ArrayList<>())), (byte) 1, new int[] { 1 },
                new ArrayList<>(List.of("a", 'b')), "x".repeat(1001), new ArrayList<>(Collections.nCopies(70_000, 1)),
                new ArrayList<>(IntStream.range(0, 100).mapToObj((i) -> i + "x".repeat(900)).toList()));
    }

    @ParameterizedTest
    @MethodSource("otherThings")
    void anythingElseIsAStreamOfTheJdk(Object other) throws Exception {
        Payloads payloads = payloads("maxdepth=9");
        Parcel parcel = payloads.pack(other);
        assertThat(first(parcel)).isEqualTo(STREAM_OF_JDK);
        assertThat(payloads.unpack(parcel)).isEqualTo(other).hasSameClassAs(other);
    }

    @ParameterizedTest
    @ValueSource(longs = { 0x8000000000000000L, 0x7ff8000000000001L, 0xfff8000000000000L, 0x7ff0000000000000L, 1 })
    void aDoubleKeepsItsBits(long bits) throws Exception {
        Object read = payloads("*").unpack(payloads("*").pack(Double.longBitsToDouble(bits)));
        assertThat(read).isInstanceOfSatisfying(Double.class,
                (number) -> assertThat(Double.doubleToRawLongBits(number)).isEqualTo(bits));
    }

    @Test
    void whatIsTooLongIsSaidToBe() {
        Payloads narrow = new Payloads(null, JvmFilter.alone(), 100);
        assertThatExceptionOfType(Payloads.PayloadTooLargeException.class)
            .isThrownBy(() -> narrow.pack("x".repeat(101)));
        assertThatExceptionOfType(Payloads.PayloadTooLargeException.class)
            .isThrownBy(() -> narrow.pack(new ArrayList<>(Collections.nCopies(200, 1))));
    }

    @Test
    void theSameTextOfAListArrivesAsOne() throws Exception {
        String text = new String("yes");
        String equal = new String(text);
        List<Object> list = new ArrayList<>(Arrays.asList(text, 1, text, equal, "no", "no", null, text));
        List<?> read = (List<?>) payloads("*").unpack(payloads("*").pack(list));
        assertThat(read).isEqualTo(list);
        assertThat(read.get(2)).isSameAs(read.get(0));
        assertThat(read.get(3)).isNotSameAs(read.get(0));
        assertThat(read.get(5)).isSameAs(read.get(4));
        List<Object> many = new ArrayList<>(Collections.nCopies(10_000, text));
        assertThat(payloads("*").pack(many).length()).isLessThan(3 * many.size() + 20);
        assertThat(payloads("*").unpack(payloads("*").pack(many))).isEqualTo(many);
    }

    @Test
    void aListThatContainsItselfStillDoes() throws Exception {
        List<Object> list = new ArrayList<>(List.of(1));
        list.add(list);
        List<?> read = (List<?>) payloads("*").unpack(payloads("*").pack(list));
        assertThat(read.get(1)).isSameAs(read);
    }

    private static final class OwnList extends ArrayList<Object> {

        private static final long serialVersionUID = 1L;

    }

}
