// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Any bytes as frames: it does not matter how they are cut, they cost no more memory than
 * the limits say, and what is accepted is what was written.
 */
public final class FramesFuzz {

    static final int MAX_PAYLOAD = 4 * 1024 * 1024;

    private static final int SLACK = 512 * 1024;

    private static final int TRUSTED = 1024 * 1024;

    private FramesFuzz() {
    }

    /**
     * Called by the fuzzer. The first byte says who reads, the second how the rest is
     * cut.
     * @param data any bytes
     * @throws Exception if there is something to be mended
     */
    public static void fuzzerTestOneInput(byte[] data) throws Exception {
        if (data.length < 2) {
            return;
        }
        boolean trusting = (data[0] & 1) != 0;
        byte[] bytes = Arrays.copyOfRange(data, 2, data.length);
        long limit = SLACK + 64L * bytes.length + (trusting ? MAX_PAYLOAD : TRUSTED);
        int step = 1 + (data[1] & 0xff) * (data[1] & 0xff);
        FuzzProperty.allocatesAtMost(limit, () -> new Outcome(trusting).acceptIn(Math.max(1, bytes.length), bytes));
        FuzzProperty.allocatesAtMost(limit + 64L * bytes.length, () -> new Outcome(trusting).acceptIn(step, bytes));
        Outcome whole = new Outcome(trusting);
        whole.acceptIn(Math.max(1, bytes.length), bytes);
        Outcome cut = new Outcome(trusting);
        cut.acceptIn(step, bytes);
        whole.mustBe(cut);
        whole.mustBeIn(bytes);
    }

    private static final class Outcome {

        private final FrameReader reader;

        private final List<Frame> frames = new ArrayList<>();

        private @Nullable String refusal;

        Outcome(boolean trusting) {
            this.reader = new FrameReader(MAX_PAYLOAD, trusting);
        }

        void acceptIn(int step, byte[] bytes) {
            ByteBuffer in = ByteBuffer.wrap(bytes).limit(0);
            while (in.limit() < bytes.length && this.refusal == null) {
                accept(in.limit(Math.min(bytes.length, in.limit() + step)));
            }
        }

        void accept(ByteBuffer in) {
            try {
                for (Frame frame = this.reader.next(in); frame != null; frame = this.reader.next(in)) {
                    this.frames.add(frame);
                }
            }
            catch (ProtocolException ex) {
                this.refusal = ex.getMessage();
            }
        }

        void mustBe(Outcome other) {
            boolean same = this.frames.size() == other.frames.size()
                    && String.valueOf(this.refusal).equals(String.valueOf(other.refusal));
            for (int i = 0; same && i < this.frames.size(); i++) {
                same = Arrays.equals(write(this.frames.get(i)), write(other.frames.get(i)));
            }
            if (!same) {
                throw new AssertionError("cut in pieces it is something else: " + this + " and " + other);
            }
        }

        void mustBeIn(byte[] bytes) {
            int position = 0;
            for (Frame frame : this.frames) {
                byte[] written = write(frame);
                if (!Arrays.equals(written, Arrays.copyOfRange(bytes, position, position + written.length))) {
                    throw new AssertionError("what was read is not what was written: " + frame);
                }
                position += written.length;
            }
        }

        @Override
        public String toString() {
            return this.frames + ((this.refusal != null) ? " and then " + this.refusal : "");
        }

    }

    static byte[] write(Frame frame) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        List<ByteBuffer> sections = new ArrayList<>(List.of(frame.header(), frame.parcel().stream()));
        sections.addAll(frame.parcel().parts());
        for (ByteBuffer section : sections) {
            bytes.write(section.array(), section.arrayOffset() + section.position(), section.remaining());
        }
        return bytes.toByteArray();
    }

}
