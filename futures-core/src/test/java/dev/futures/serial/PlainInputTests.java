// SPDX-License-Identifier: Apache-2.0

package dev.futures.serial;

import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputFilter.FilterInfo;
import java.io.ObjectInputFilter.Status;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Plain values come from somebody whom nobody trusts.
 */
class PlainInputTests {

    private static Payloads payloads(ObjectInputFilter filter) {
        return new Payloads(PlainInputTests.class.getClassLoader(), filter, 1_000_000);
    }

    private static Payloads payloads(String filter) {
        return payloads(ObjectInputFilter.Config.createFilter(filter));
    }

    private static Parcel packed(Object object) throws IOException {
        Parcel parcel = payloads("*").pack(object);
        assertThat(PlainOutput.isPlain(parcel.stream())).isTrue();
        return parcel;
    }

    private static ArrayList<@Nullable Object> list(@Nullable Object... values) {
        return new ArrayList<>(Arrays.asList(values));
    }

    static List<Object> asked() {
        String shared = "shared";
        return List.of(1, 2L, 2.5, true, "text", list(), list(1), list("a", null, "b"), list(true, false),
                list(1, 2, 3L, 4L, 5.5, 6.5, true, false, null, "a"), list(2.5, 1000, "a", 2000, "b"),
                list(true, 1L, null, false, null), list(shared, 1, shared, shared, null));
    }

    private static String described(FilterInfo info) {
        return info.serialClass() + " " + info.arrayLength() + " " + info.depth() + " " + info.references();
    }

    /**
     * About what has passed the JDK asks again and again; the last time is what counts.
     */
    private static List<String> relevant(List<FilterInfo> asked, int depth) {
        List<String> relevant = new ArrayList<>();
        String last = "";
        for (FilterInfo info : asked) {
            if (info.serialClass() != null) {
                relevant.add(described(info));
            }
            else if (info.depth() == depth) {
                last = described(info);
            }
        }
        relevant.add(last);
        return relevant;
    }

    @ParameterizedTest
    @MethodSource("asked")
    void aFilterIsAskedWhatItWouldBeAskedAboutAStreamOfTheJdk(Object object) throws Exception {
        List<FilterInfo> asked = new ArrayList<>();
        Payloads payloads = payloads((info) -> {
            asked.add(info);
            return Status.UNDECIDED;
        });
        assertThat(payloads.decode(payloads.encode(object))).isEqualTo(object);
        List<String> ofStream = relevant(asked, 2);
        asked.clear();
        assertThat(payloads.unpack(packed(object))).isEqualTo(object);
        assertThat(relevant(asked, 2)).isEqualTo(ofStream);
    }

    private static void assertRefused(String filter, Object object, String why) throws IOException {
        Parcel parcel = packed(object);
        Payloads payloads = payloads(filter);
        byte[] stream = payloads("*").encode(object);
        assertThatExceptionOfType(Payloads.RefusedException.class).isThrownBy(() -> payloads.decode(stream))
            .withMessageContaining(why);
        assertThatExceptionOfType(Payloads.RefusedException.class).isThrownBy(() -> payloads.unpack(parcel))
            .withMessageContaining(why);
    }

    @Test
    void aFilterRefusesWhatItWouldRefuseInAStreamOfTheJdk() throws Exception {
        ArrayList<?> numbers = list(1, 2, 3);
        assertThat(payloads("java.lang.*;java.util.*;!*").unpack(packed(numbers))).isEqualTo(numbers);
        assertThat(payloads("!*").unpack(packed("a text"))).isEqualTo("a text");
        assertThat(payloads("java.util.ArrayList;!*").unpack(packed(list()))).isEqualTo(list());
        assertRefused("!java.lang.Integer", numbers, "class java.lang.Integer is refused");
        assertRefused("!java.lang.Number", 1L, "class java.lang.Number is refused");
        assertRefused("java.lang.Double;!*", 1.5, "class java.lang.Number is refused");
        assertRefused("java.util.*;!*", true, "class java.lang.Boolean is refused");
        assertRefused("!java.util.ArrayList", numbers, "class java.util.ArrayList is refused");
        assertRefused("java.util.ArrayList;!*", list("a"), "class [Ljava.lang.Object; is refused");
        assertRefused("maxarray=2", numbers, "class [Ljava.lang.Object; is refused");
        assertRefused("maxdepth=1", 1, "at depth 2");
        assertRefused("maxrefs=6", numbers, "refuses depth 2, 7 references");
        assertRefused("maxbytes=400", list(Collections.nCopies(300, 7).toArray()), "references, ");
    }

    @Test
    void noAnswerOfAFilterRefusesAndSoDoesAnException() throws Exception {
        Parcel parcel = packed(1);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> payloads((info) -> null).unpack(parcel))
            .withMessage("filter status: null");
        IllegalStateException broken = new IllegalStateException();
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> payloads((info) -> {
            throw broken;
        }).unpack(parcel)).withMessage("filter status: REJECTED").withCause(broken);
    }

    private static void assertMalformed(String message, byte... bytes) {
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> payloads("*").unpack(Parcel.of(bytes)))
            .withMessage(message);
    }

    @Test
    void bytesBehindAValueAreRefused() {
        assertMalformed("there are 1 bytes behind a plain value", PlainOutput.TRUE, PlainOutput.TRUE);
        assertMalformed("there are 2 bytes behind a plain value", PlainOutput.LIST, (byte) 0, (byte) 0, (byte) 0,
                (byte) 0, PlainOutput.NULL, PlainOutput.NULL);
    }

    @ParameterizedTest
    @ValueSource(ints = { -1, 6, 1_000_000, Integer.MAX_VALUE })
    void aListThatCannotBeThereIsNotAllocated(int size) {
        byte[] bytes = ByteBuffer.allocate(10).put(PlainOutput.LIST).putInt(size).array();
        assertMalformed("a list of " + size + " in 5 bytes", bytes);
    }

    @Test
    void aTextThatCannotBeThereIsNotAllocated() {
        assertMalformed("a text of 65535 in 1 bytes", PlainOutput.LATIN1, (byte) -1, (byte) -1, (byte) 'a');
        assertMalformed("a text of 1 in 1 bytes", PlainOutput.UTF16, (byte) 0, (byte) 1, (byte) 'a');
        assertMalformed("reading it failed: java.nio.BufferUnderflowException", PlainOutput.LATIN1, (byte) 0);
        assertMalformed("reading it failed: java.nio.BufferUnderflowException", PlainOutput.LONG, (byte) 0);
    }

    @Test
    void onlyATextThatWasThereBeforeCanBeThereAgain() {
        byte[] list = { PlainOutput.LIST, 0, 0, 0, 2, PlainOutput.NULL, PlainOutput.SAME, 0, 0 };
        assertMalformed("there is no text at 0 of 1", list);
        list[8] = 1;
        assertMalformed("there is no text at 1 of 1", list);
        list[7] = -1;
        assertMalformed("there is no text at 65281 of 1", list);
    }

    @Test
    void kindsThatNobodyWritesThereAreRefused() {
        assertMalformed("a value of the unknown kind 9", PlainOutput.LIST, (byte) 0, (byte) 0, (byte) 0, (byte) 1,
                PlainOutput.LIST);
        for (byte kind : new byte[] { 0, 11, 16, 17, 18, -1 }) {
            assertMalformed("a value of the unknown kind " + kind, PlainOutput.LIST, (byte) 0, (byte) 0, (byte) 0,
                    (byte) 1, kind);
        }
    }

    @Test
    void moreThanIsEverWrittenIsRefused() {
        int length = PlainOutput.MAX_LENGTH + 1;
        byte[] bytes = ByteBuffer.allocate(length).put(PlainOutput.LIST).putInt(length - 5).array();
        Arrays.fill(bytes, 5, length, PlainOutput.NULL);
        assertMalformed("plain values of " + length + " bytes", bytes);
    }

    @Test
    void aBufferWithoutAnArrayIsReadAsWell() throws Exception {
        Parcel parcel = packed(list(1, "text", "\u20ac"));
        ByteBuffer direct = ByteBuffer.allocateDirect(parcel.length()).put(parcel.stream()).flip();
        assertThat(payloads("*").unpack(new Parcel(direct, List.of()))).isEqualTo(List.of(1, "text", "\u20ac"));
    }

    @Test
    void wrongBytesAreAnIOExceptionAtMost() throws Exception {
        Random random = new Random(7);
        byte[] right = packed(new ArrayList<>(PlainValueTests.values())).streamArray();
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] wrong = Arrays.copyOf(right, random.nextInt(right.length) + 1);
            wrong[random.nextInt(Math.min(wrong.length, 60))] = (byte) random.nextInt();
            try {
                Objects.toString(payloads("*").unpack(Parcel.of(wrong)));
            }
            catch (IOException ex) {
                assertThat(ex).isNotInstanceOf(Payloads.RefusedException.class);
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

}
