// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import org.jspecify.annotations.Nullable;

/**
 * Frames over a channel. In the parent the channel does not block, in the child it does.
 * One thread reads; any thread sends.
 */
final class Connection implements Closeable {

    private static final int BUFFER_SIZE = 64 * 1024;

    /** How much a peer can make us allocate before it has sent as much. */
    private static final int TRUSTED_LENGTH = 1024 * 1024;

    private final SocketChannel channel;

    // reader only
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_SIZE).flip();

    // reader only: the payload that is being received
    private byte @Nullable [] payload;

    // reader only: how much of it has been received, and how much is to come in all
    private int received;

    private int expected;

    // reader only: the rest of its header
    private Frame.Kind kind = Frame.Kind.HELLO;

    private long id;

    // reader only
    private int maxPayload;

    private final ReentrantLock sending = new ReentrantLock();

    /** Bytes on their way to the channel, between position and limit. */
    @GuardedBy("sending")
    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_SIZE).flip();

    @GuardedBy("sending")
    private final Deque<ByteBuffer> outbound = new ArrayDeque<>();

    Connection(SocketChannel channel, int maxPayload) {
        this.channel = channel;
        this.maxPayload = maxPayload;
    }

    SocketChannel channel() {
        return this.channel;
    }

    /** Sets the limit, which is low as long as nobody knows who the other side is. */
    void maxPayload(int maxPayload) {
        this.maxPayload = maxPayload;
    }

    /**
     * Sends frames, one right after the other, or as much of them as the channel takes
     * without blocking.
     * @return whether all of it has been written; if not, {@link #flush()} when writable
     */
    boolean send(Frame... frames) throws IOException {
        this.sending.lock();
        try {
            for (Frame frame : frames) {
                add(frame);
            }
            return flush();
        }
        finally {
            this.sending.unlock();
        }
    }

    /**
     * Sends a frame unless another thread is sending one.
     * @return {@code false} if it was not sent
     */
    boolean trySend(Frame frame) throws IOException {
        if (!this.sending.tryLock()) {
            return false;
        }
        try {
            add(frame);
            return flush();
        }
        finally {
            this.sending.unlock();
        }
    }

    @GuardedBy("sending")
    private void add(Frame frame) {
        this.outbound.add(ByteBuffer.allocate(Frame.HEADER_LENGTH)
            .putInt(frame.payload().length)
            .put(frame.kind().code())
            .putLong(frame.id())
            .flip());
        this.outbound.add(ByteBuffer.wrap(frame.payload()));
    }

    /** Returns whether part of what was sent has not been written. */
    boolean hasUnwritten() {
        this.sending.lock();
        try {
            return this.out.hasRemaining() || !this.outbound.isEmpty();
        }
        finally {
            this.sending.unlock();
        }
    }

    /** Writes what is waiting to be written; returns whether that was all. */
    boolean flush() throws IOException {
        this.sending.lock();
        try {
            while (fillOut()) {
                this.channel.write(this.out);
                if (this.out.hasRemaining()) {
                    return false;
                }
            }
            return true;
        }
        finally {
            this.sending.unlock();
        }
    }

    @GuardedBy("sending")
    private boolean fillOut() {
        this.out.compact();
        ByteBuffer next = this.outbound.peek();
        while (next != null && this.out.hasRemaining()) {
            int length = Math.min(next.remaining(), this.out.remaining());
            this.out.put(this.out.position(), next, next.position(), length);
            this.out.position(this.out.position() + length);
            next.position(next.position() + length);
            if (!next.hasRemaining()) {
                this.outbound.remove();
                next = this.outbound.peek();
            }
        }
        this.out.flip();
        return this.out.hasRemaining();
    }

    /** Waits for the next frame; the channel must block. Returns null at the end. */
    @Nullable Frame receive() throws IOException {
        Frame frame = next();
        while (frame == null) {
            if (fill() < 0) {
                return null;
            }
            frame = next();
        }
        return frame;
    }

    /** Reads what is there; returns how much, or -1 at the end of the stream. */
    int fill() throws IOException {
        this.in.compact();
        try {
            return this.channel.read(this.in);
        }
        finally {
            this.in.flip();
        }
    }

    /** Returns the next frame that has been received completely. */
    @Nullable Frame next() throws ProtocolException {
        try {
            return assemble();
        }
        catch (OutOfMemoryError ex) {
            this.payload = null;
            throw new ProtocolException("it sent " + this.expected + " bytes, for which there is no memory here");
        }
    }

    private @Nullable Frame assemble() throws ProtocolException {
        if (this.payload == null && !startFrame()) {
            return null;
        }
        byte[] content = receivePayload();
        if (this.received < this.expected) {
            return null;
        }
        this.payload = null;
        return new Frame(this.kind, this.id, content);
    }

    private boolean startFrame() throws ProtocolException {
        if (this.in.remaining() < Frame.HEADER_LENGTH) {
            return false;
        }
        int length = this.in.getInt();
        if (length < 0 || length > this.maxPayload) {
            throw new ProtocolException(
                    "it broke the protocol: length of frame must be in [0, " + this.maxPayload + "] but was " + length);
        }
        this.kind = Frame.Kind.of(this.in.get());
        this.id = this.in.getLong();
        this.expected = length;
        this.received = 0;
        this.payload = new byte[Math.min(length, TRUSTED_LENGTH)];
        return true;
    }

    private byte[] receivePayload() {
        byte[] content = (this.payload != null) ? this.payload : new byte[0];
        int length = Math.min(this.in.remaining(), this.expected - this.received);
        if (this.received + length > content.length) {
            long grown = Math.max(2L * content.length, this.received + length);
            content = Arrays.copyOf(content, (int) Math.min(this.expected, grown));
        }
        this.in.get(content, this.received, length);
        this.received += length;
        this.payload = content;
        return content;
    }

    @Override
    public void close() throws IOException {
        this.channel.close();
    }

}
