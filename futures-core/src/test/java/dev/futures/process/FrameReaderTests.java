// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;

import com.sun.management.ThreadMXBean;
import dev.futures.serial.Parcel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Frames that have parts, and what a peer can make a reader allocate.
 */
class FrameReaderTests {

    private static final int MIB = 1024 * 1024;

    private static final int LIMIT = 128 * MIB;

    private static final int PART = Parcel.MIN_PART;

    private final FrameReader reader = new FrameReader(LIMIT, false);

    private static ByteBuffer content(int length) {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        return ByteBuffer.wrap(content);
    }

    private static ByteBuffer header(int length, int count, int... lengths) {
        ByteBuffer header = ByteBuffer.allocate(100).putInt(length).put((byte) (0x80 | 6)).putLong(7).putInt(count);
        for (int each : lengths) {
            header.putInt(each);
        }
        return header.flip();
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 2, 3, 13, 17, 1000, PART, 1_000_000 })
    void partsArriveHoweverTheBytesAreCut(int step) throws Exception {
        Parcel parcel = new Parcel(content(100), List.of(content(PART), content(3 * PART + 1), content(PART)));
        byte[] bytes = FramesFuzz.write(new Frame(Frame.Kind.RESULT, 7, parcel));
        ByteBuffer in = ByteBuffer.wrap(bytes).limit(0);
        Frame frame = null;
        while (frame == null) {
            assertThat(in.limit()).isLessThan(bytes.length);
            frame = this.reader.next(in.limit(Math.min(bytes.length, in.limit() + step)));
        }
        assertThat(frame.id()).isEqualTo(7);
        assertThat(frame.kind()).isEqualTo(Frame.Kind.RESULT);
        assertThat(frame.parcel().length()).isEqualTo(parcel.length());
        assertThat(frame.parcel().stream()).isEqualTo(content(100));
        assertThat(frame.parcel().parts()).containsExactly(content(PART), content(3 * PART + 1), content(PART));
        assertThat(in.hasRemaining()).isFalse();
    }

    @Test
    void aStreamMayBeEmptyBesideItsParts() throws Exception {
        Parcel parcel = new Parcel(content(0), List.of(content(PART)));
        Frame frame = this.reader.next(ByteBuffer.wrap(FramesFuzz.write(new Frame(Frame.Kind.TASK, 1, parcel))));
        assertThat(frame.payload()).isEmpty();
        assertThat(frame.parcel().parts()).containsExactly(content(PART));
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, -1, 4, Integer.MAX_VALUE, Integer.MIN_VALUE })
    void aNumberOfPartsThatCannotBeIsRefused(int count) {
        assertThatExceptionOfType(ProtocolException.class)
            .isThrownBy(() -> this.reader.next(header(4 * PART - 1, count)))
            .withMessageEndingWith(
                    "number of parts in " + (4 * PART - 1) + " bytes must be in [1, 3] but was " + count);
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, -1, PART - 1, 2 * PART, Integer.MAX_VALUE, Integer.MIN_VALUE })
    void lengthsOfPartsThatDoNotAddUpAreRefused(int second) {
        assertThatExceptionOfType(ProtocolException.class)
            .isThrownBy(() -> this.reader.next(header(3 * PART - 1, 2, PART, second)))
            .withMessageEndingWith(
                    "length of part must be in [" + PART + ", " + (2 * PART - 1) + "] but was " + second);
    }

    private static long allocatedBy(FrameReader reader, ByteBuffer... chunks) throws ProtocolException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (ByteBuffer chunk : chunks) {
            assertThat(reader.next(chunk)).isNull();
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void aPeerMakesAParentAllocateLittleMoreThanItHasSent() throws Exception {
        ByteBuffer inOnePiece = ByteBuffer.allocate(13).putInt(LIMIT).put((byte) 6).putLong(1).flip();
        for (ByteBuffer claim : List.of(inOnePiece, header(LIMIT, 2, PART, LIMIT - PART))) {
            FrameReader untrusting = new FrameReader(LIMIT, false);
            assertThat(allocatedBy(untrusting, claim.duplicate())).isLessThan(2 * MIB);
            assertThat(allocatedBy(untrusting, ByteBuffer.allocate(MIB + MIB / 2))).isBetween(4L * MIB, 12L * MIB);
            assertThat(allocatedBy(untrusting, ByteBuffer.allocate(6 * MIB))).isLessThan(MIB);
        }
    }

    @Test
    void aChildAllocatesWhatItsParentAnnounces() throws Exception {
        FrameReader trusting = new FrameReader(LIMIT, true);
        assertThat(allocatedBy(trusting, header(LIMIT, 1, LIMIT), ByteBuffer.allocate(20 * MIB)))
            .isBetween((long) LIMIT, LIMIT + 22L * MIB);
    }

    @Test
    void whatWasSentBeforeEarnsNothingForTheNextFrame() throws Exception {
        ByteBuffer first = ByteBuffer.allocate(13 + 4 * MIB).putInt(4 * MIB).put((byte) 6).putLong(1).rewind();
        assertThat(this.reader.next(first)).isNotNull();
        ByteBuffer claim = ByteBuffer.allocate(13).putInt(LIMIT).put((byte) 6).putLong(2).flip();
        assertThat(allocatedBy(this.reader, claim)).isLessThan(2 * MIB);
    }

    @Test
    void whatOnePartHasEarnedIsAllocatedForTheNextAtOnce() throws Exception {
        ByteBuffer bytes = ByteBuffer.allocate(4 * MIB);
        assertThat(this.reader.next(header(25 * MIB, 2, 4 * MIB, 21 * MIB))).isNull();
        // all of the first part, then the second
        assertThat(allocatedBy(this.reader, bytes, ByteBuffer.allocate(20 * MIB))).isBetween(25L * MIB, 27L * MIB);
    }

    @Test
    void whatThereIsNoMemoryForIsSaidToBeTooMuchAndTheReaderGoesOn() throws Exception {
        FrameReader trusting = new FrameReader(Integer.MAX_VALUE, true);
        // no JVM has arrays of this length
        ByteBuffer huge = ByteBuffer.allocate(13).putInt(Integer.MAX_VALUE).put((byte) 5).putLong(1).flip();
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> trusting.next(huge))
            .withMessage("it sent " + Integer.MAX_VALUE + " bytes, for which there is no memory here");
        ByteBuffer next = ByteBuffer.wrap(FramesFuzz.write(new Frame(Frame.Kind.TASK, 2, new byte[] { 7 })));
        assertThat(trusting.next(next).payload()).containsExactly(7);
    }

    @Test
    void aParentMaySayAsMuchHoweverLowTheLimitOfPayloadsIs() throws Exception {
        byte[] longest = new byte[256 * 1024];
        byte[] frame = FramesFuzz.write(new Frame(Frame.Kind.ABOUT, 1, longest));
        assertThat(new FrameReader(1, true).next(ByteBuffer.wrap(frame)).payload()).hasSize(longest.length);
        assertThatExceptionOfType(ProtocolException.class)
            .isThrownBy(() -> new FrameReader(1, false).next(ByteBuffer.wrap(frame)));
        byte[] longer = FramesFuzz.write(new Frame(Frame.Kind.ABOUT, 1, new byte[longest.length + 1]));
        assertThatExceptionOfType(ProtocolException.class)
            .isThrownBy(() -> new FrameReader(LIMIT, true).next(ByteBuffer.wrap(longer)));
    }

}
