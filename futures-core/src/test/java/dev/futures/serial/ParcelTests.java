// SPDX-License-Identifier: Apache-2.0

package dev.futures.serial;

import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Arrays and buffers that travel beside the stream, in one JVM.
 */
class ParcelTests {

    private static final int SMALL = Parcel.MIN_PART - 1;

    private static final int LARGE = Parcel.MIN_PART;

    private static final ClassLoader LOADER = ParcelTests.class.getClassLoader();

    private final Payloads payloads = limited(Payloads.UNLIMITED);

    private static Payloads limited(int limit) {
        return new Payloads(LOADER, JvmFilter.alone(), limit);
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @SuppressWarnings("unchecked")
    private <T> T travel(T object) throws Exception {
        return (T) this.payloads.unpack(this.payloads.pack(object).detached());
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, SMALL, LARGE, LARGE + 1, 1024 * 1024 })
    void arraysOfAllSizesTravel(int length) throws Exception {
        assertThat(travel(bytes(length))).isEqualTo(bytes(length));
        assertThat(this.payloads.decode(this.payloads.encode(bytes(length)))).isEqualTo(bytes(length));
    }

    @Test
    void aLargeArrayIsNotCopiedOnItsWayOut() throws Exception {
        byte[] small = bytes(SMALL);
        byte[] large = bytes(LARGE);
        assertThat(this.payloads.pack(small).parts()).isEmpty();
        Parcel parcel = this.payloads.pack(List.of(small, large));
        assertThat(parcel.parts()).singleElement().satisfies((part) -> assertThat(part.array()).isSameAs(large));
        assertThat(parcel.length()).isBetween(SMALL + LARGE, SMALL + LARGE + 1000);
        assertThat(parcel.detached().parts().get(0).array()).isEqualTo(large).isNotSameAs(large);
    }

    @Test
    void aReceivedArrayIsNotCopiedOnItsWayIn() throws Exception {
        Parcel parcel = this.payloads.pack(bytes(LARGE)).detached();
        assertThat(this.payloads.unpack(parcel)).isSameAs(parcel.parts().get(0).array());
    }

    @Test
    void anArrayThatIsThereTwiceIsOneArray() throws Exception {
        byte[] shared = bytes(LARGE);
        List<Object> inner = new ArrayList<>(List.of(shared));
        List<Object> outer = new ArrayList<>(Arrays.asList(inner, shared, null, bytes(LARGE), inner));
        Parcel parcel = this.payloads.pack(outer);
        assertThat(parcel.parts()).hasSize(2);
        List<?> arrived = (List<?>) this.payloads.unpack(parcel.detached());
        assertThat(arrived.get(1)).isEqualTo(shared).isSameAs(((List<?>) arrived.get(0)).get(0));
        assertThat(arrived.get(3)).isEqualTo(shared).isNotSameAs(arrived.get(1));
        assertThat(arrived.get(4)).isSameAs(arrived.get(0));
    }

    @Test
    void anArrayThatIsWrittenUnsharedTwiceIsTwoArrays() throws Exception {
        byte[] array = bytes(LARGE);
        Unshared arrived = travel(new Unshared(array, array));
        assertThat(arrived.first).isEqualTo(array).isNotSameAs(arrived.second);
        assertThat(arrived.second).isEqualTo(array);
    }

    private static final class Unshared implements Serializable {

        private static final long serialVersionUID = 1L;

        private transient byte[] first;

        private transient byte[] second;

        Unshared(byte[] first, byte[] second) {
            this.first = first;
            this.second = second;
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.writeUnshared(this.first);
            out.writeUnshared(this.second);
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            this.first = (byte[]) in.readUnshared();
            this.second = (byte[]) in.readUnshared();
        }

    }

    @Test
    void arraysTravelWhereverTheyAre() throws Exception {
        byte[][] nested = { bytes(LARGE), bytes(3), null, bytes(LARGE + 5) };
        assertThat(travel(nested)).isDeepEqualTo(nested);
        BigInteger huge = new BigInteger(1, bytes(3 * LARGE));
        assertThat(travel(huge)).isEqualTo(huge);
        assertThat(travel(new int[100_000])).hasSize(100_000);
        assertThat(travel(new double[] { 1, 2.5 })).containsExactly(1, 2.5);
        assertThat(travel(new long[70_000])).hasSize(70_000);
        assertThat(travel(new char[70_000])).hasSize(70_000);
        assertThat(travel(new boolean[70_000])).hasSize(70_000);
        assertThat(travel(Collections.nCopies(70_000, (short) 1).toArray())).hasSize(70_000);
    }

    static List<ByteBuffer> buffers() {
        List<ByteBuffer> buffers = new ArrayList<>();
        for (int length : new int[] { 0, 10, SMALL, LARGE, 5 * LARGE }) {
            ByteBuffer heap = ByteBuffer.wrap(bytes(length + 7)).position(3).limit(length + 3);
            buffers.add(heap);
            buffers.add(ByteBuffer.wrap(bytes(length)));
            buffers.add(heap.slice().order(ByteOrder.LITTLE_ENDIAN));
            buffers.add(heap.asReadOnlyBuffer());
            buffers.add(heap.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN));
            buffers.add(ByteBuffer.allocateDirect(length + 7).put(bytes(length + 7)).flip().position(5).slice());
        }
        return buffers;
    }

    private record Message(String text, ByteBuffer body) implements Serializable {
    }

    @ParameterizedTest
    @MethodSource("buffers")
    void aBufferTravelsFromItsPositionToItsLimit(ByteBuffer buffer) throws Exception {
        String before = buffer.toString();
        ByteBuffer arrived = travel(List.of(new Message("a", buffer))).get(0).body();
        ByteBuffer inOnePiece = (ByteBuffer) this.payloads.decode(this.payloads.encode(buffer));
        for (ByteBuffer each : List.of(arrived, inOnePiece)) {
            assertThat(each).isEqualTo(buffer);
            assertThat(each.position()).isZero();
            assertThat(each.capacity()).isEqualTo(buffer.remaining());
            assertThat(each.order()).isEqualTo(buffer.order());
            assertThat(each.isReadOnly()).isEqualTo(buffer.isReadOnly());
            assertThat(each.isDirect()).isFalse();
        }
        assertThat(buffer).hasToString(before);
    }

    @Test
    void aBufferThatIsThereTwiceIsOneBuffer() throws Exception {
        for (int length : new int[] { 5, LARGE }) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes(length));
            List<ByteBuffer> arrived = travel(new ArrayList<>(List.of(buffer, buffer)));
            assertThat(arrived.get(0)).isSameAs(arrived.get(1));
        }
    }

    @Test
    void theLimitIsForTheStreamAndAllParts() throws Exception {
        List<Object> object = List.of(bytes(LARGE), "text", ByteBuffer.wrap(bytes(3 * LARGE)), bytes(LARGE));
        int length = this.payloads.pack(object).length();
        assertThat(limited(length).pack(object).length()).isEqualTo(length);
        assertThatExceptionOfType(Payloads.PayloadTooLargeException.class)
            .isThrownBy(() -> limited(length - 1).pack(object))
            .withMessageContaining("larger than the limit of " + (length - 1) + " bytes")
            .withMessageContaining("maxPayload");
        assertThatExceptionOfType(Payloads.PayloadTooLargeException.class)
            .isThrownBy(() -> limited(LARGE).encode(ByteBuffer.allocateDirect(LARGE)));
    }

    @Test
    void anAllowListNeedsToKnowOnlyWhatArrives() throws Exception {
        ObjectInputFilter filter = ObjectInputFilter.Config.createFilter("java.util.*;java.lang.*;maxarray=100000;!*");
        Payloads picky = new Payloads(LOADER, filter, Payloads.UNLIMITED);
        assertThat(picky.unpack(picky.pack(List.of(bytes(LARGE), 1))))
            .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
            .hasSize(2);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> picky.unpack(picky.pack(bytes(100_001))))
            .withMessageContaining("refused");
        assertThatExceptionOfType(IOException.class)
            .isThrownBy(() -> picky.unpack(picky.pack(ByteBuffer.wrap(bytes(LARGE)))))
            .withMessageContaining("class java.nio.HeapByteBuffer is refused by the deserialization filter");
    }

}
