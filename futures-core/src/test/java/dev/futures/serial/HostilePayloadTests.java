// SPDX-License-Identifier: Apache-2.0

package dev.futures.serial;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectStreamConstants;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Bytes that nobody who plays by the rules has written.
 */
class HostilePayloadTests {

    private static final int LARGE = Parcel.MIN_PART;

    private final Payloads payloads = new Payloads(HostilePayloadTests.class.getClassLoader(), JvmFilter.alone(),
            Payloads.UNLIMITED);

    /** A large array; the stream ends with form (1 byte), index (4 bytes), null. */
    private Parcel changed(Object object, Consumer<ByteBuffer> change) throws IOException {
        Parcel parcel = this.payloads.pack(object).detached();
        byte[] stream = Parcel.copyOf(parcel.stream());
        change.accept(ByteBuffer.wrap(stream));
        return new Parcel(ByteBuffer.wrap(stream), parcel.parts());
    }

    private void assertRefused(Parcel parcel, String reason) {
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.payloads.unpack(parcel))
            .withMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, -1, -2, Integer.MAX_VALUE, Integer.MIN_VALUE })
    void aStandInForAPartThatIsNotThereIsRefused(int index) throws IOException {
        for (Object object : List.of(new byte[LARGE], ByteBuffer.allocate(LARGE))) {
            assertRefused(changed(object, (stream) -> stream.putInt(stream.limit() - 5, index)),
                    "a stand-in is for part " + index + ", but there are 1 parts");
        }
    }

    @Test
    void aStandInForAnArrayThatWasNotSentIsRefused() throws IOException {
        Parcel parcel = this.payloads.pack(new byte[LARGE]);
        assertRefused(Parcel.of(parcel.streamArray()), "a stand-in is for part 0, but there are 0 parts");
    }

    @ParameterizedTest
    @ValueSource(bytes = { 2, 4, 6, 8, 9, -1 })
    void aStandInOfAnUnknownFormIsRefused(byte form) throws IOException {
        assertRefused(changed(new byte[LARGE], (stream) -> stream.put(stream.limit() - 6, form)),
                "a stand-in is of the unknown form " + form);
    }

    @Test
    void twoStandInsForOnePartAreRefused() throws IOException {
        assertRefused(changed(new Object[] { new byte[LARGE], new byte[LARGE] },
                (stream) -> stream.putInt(stream.limit() - 5, 0)), "two stand-ins are for part 0");
    }

    @Test
    void aStandInWhereSomethingElseBelongsIsRefused() throws IOException {
        for (Object object : List.of(new byte[LARGE], ByteBuffer.allocate(5))) {
            assertRefused(changed(new Object[] { object }, (stream) -> {
                String text = new String(stream.array(), StandardCharsets.ISO_8859_1);
                int name = text.indexOf("[Ljava.lang.Object;");
                stream.put(name, "[Ljava.lang.String;".getBytes(StandardCharsets.ISO_8859_1));
            }), "reading it failed: java.lang.ArrayStoreException");
        }
    }

    @Test
    void partsThatNothingRefersToDoNoHarm() throws Exception {
        Parcel parcel = new Parcel(this.payloads.pack("text").stream(), List.of(ByteBuffer.allocate(LARGE)));
        assertThat(this.payloads.unpack(parcel)).isEqualTo("text");
    }

    @ParameterizedTest
    @ValueSource(strings = { "maxarray=1000;*", "maxbytes=10000;*" })
    void bytesBesideTheStreamAreBoundedAsIfTheyWereInIt(String pattern) throws Exception {
        Payloads strict = new Payloads(HostilePayloadTests.class.getClassLoader(),
                ObjectInputFilter.Config.createFilter(pattern), Payloads.UNLIMITED);
        for (Object large : List.of(new byte[LARGE], ByteBuffer.allocate(LARGE))) {
            Parcel parcel = this.payloads.pack(large);
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> strict.unpack(parcel))
                .withMessageContaining("is refused by the deserialization filter");
        }
    }

    private static void startArray(DataOutputStream out, Class<?> type, int length) throws IOException {
        out.writeByte(ObjectStreamConstants.TC_ARRAY);
        out.writeByte(ObjectStreamConstants.TC_CLASSDESC);
        out.writeUTF(type.getName());
        out.writeLong(0);
        out.writeByte(ObjectStreamConstants.SC_SERIALIZABLE);
        out.writeShort(0);
        out.writeByte(ObjectStreamConstants.TC_ENDBLOCKDATA);
        out.writeByte(ObjectStreamConstants.TC_NULL);
        out.writeInt(length);
    }

    private static DataOutputStream start(ByteArrayOutputStream bytes) throws IOException {
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeShort(ObjectStreamConstants.STREAM_MAGIC);
        out.writeShort(ObjectStreamConstants.STREAM_VERSION);
        return out;
    }

    @Test
    void aHugeArrayInFewBytesIsRefusedBeforeItIsAllocated() throws IOException {
        for (Class<?> type : List.of(byte[].class, long[].class, Object[].class, String[][].class)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            startArray(start(bytes), type, Integer.MAX_VALUE - 8);
            assertRefused(Parcel.of(bytes.toByteArray()), "cannot be in so few bytes");
        }
    }

    @Test
    void arraysInArraysCannotEachBeAsLongAsAllTogether() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = start(bytes);
        for (int depth = 0; depth < 30; depth++) {
            startArray(out, Object[].class, 10_000);
        }
        bytes.write(new byte[1_000]);
        assertThat(bytes.size()).isGreaterThan(10_000 / 16);
        assertRefused(Parcel.of(bytes.toByteArray()), "an array of length 10000 cannot be in so few bytes");
    }

    @Test
    void collectionsThatAreNearlyEmptyAreNotRefused() throws Exception {
        List<Collection<?>> empty = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            empty.addAll(List.of(new HashSet<>(4), new LinkedHashSet<>(List.of(i)), new ArrayList<>(), List.of(),
                    new java.util.ArrayDeque<>(), new java.util.PriorityQueue<>(List.of(i)),
                    Collections.newSetFromMap(new IdentityHashMap<>()), new java.util.Vector<>(64),
                    new HashMap<>(1_000_000, 0.25f).keySet().stream().toList(), new java.util.LinkedList<>(),
                    new HashMap<>(java.util.Map.of(1, i)).values().stream().toList()));
        }
        List<Object> maps = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            HashMap<Object, Object> sparse = new HashMap<>(1_000, 0.25f);
            sparse.put(i, null);
            maps.addAll(Arrays.asList(sparse, new HashMap<>(), new java.util.Hashtable<>(100),
                    new IdentityHashMap<>(100), new java.util.concurrent.ConcurrentHashMap<>(100)));
        }
        assertThat((Collection<?>) this.payloads.unpack(this.payloads.pack(empty))).hasSameSizeAs(empty);
        assertThat((Collection<?>) this.payloads.unpack(this.payloads.pack(maps))).hasSameSizeAs(maps);
    }

    @Test
    void whatTheMethodsOfAnObjectThrowIsAnIOException() throws IOException {
        byte[] map = this.payloads.encode(new HashMap<>(java.util.Map.of("a", "b")));
        int refused = 0;
        for (int i = 4; i < map.length; i++) {
            for (int value = 0; value < 256; value += 5) {
                byte[] wrong = map.clone();
                wrong[i] = (byte) value;
                try {
                    this.payloads.decode(wrong);
                }
                catch (IOException | ClassNotFoundException ex) {
                    refused++;
                }
            }
        }
        assertThat(refused).isPositive();
    }

}
