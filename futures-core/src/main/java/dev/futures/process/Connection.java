// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.Closeable;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
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

    private final SocketChannel channel;

    // reader only
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_SIZE).flip();

    // reader only
    private final FrameReader frames;

    private final ReentrantLock sending = new ReentrantLock();

    /** Bytes on their way to the channel, between position and limit. */
    @GuardedBy("sending")
    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_SIZE).flip();

    @GuardedBy("sending")
    private final Deque<ByteBuffer> outbound = new ArrayDeque<>();

    Connection(SocketChannel channel, int maxPayload) {
        this(channel, new FrameReader(maxPayload, false));
    }

    private Connection(SocketChannel channel, FrameReader frames) {
        this.channel = channel;
        this.frames = frames;
    }

    /** Returns a connection to a peer that may have us allocate what it announces. */
    static Connection trusting(SocketChannel channel, int maxPayload) {
        return new Connection(channel, new FrameReader(maxPayload, true));
    }

    SocketChannel channel() {
        return this.channel;
    }

    /** Sets the limit, which is low as long as nobody knows who the other side is. */
    void maxPayload(int maxPayload) {
        this.frames.maxPayload(maxPayload);
    }

    /**
     * Sends frames, one right after the other, or as much of them as the channel takes
     * without blocking. The parts of their parcels are not copied: nobody may change them
     * until they have been written.
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
        this.outbound.add(frame.header());
        this.outbound.add(frame.parcel().stream());
        this.outbound.addAll(frame.parcel().parts());
    }

    /**
     * Returns whether an error of reading means that the other side has died with unread
     * bytes. So it is with Unix domain sockets of Linux, which just end otherwise; a
     * connection of TCP may be reset for other reasons.
     */
    boolean isResetOnlyIfUnread() {
        try {
            boolean linux = System.getProperty("os.name", "").equals("Linux");
            return linux && this.channel.getRemoteAddress() instanceof UnixDomainSocketAddress;
        }
        catch (IOException ex) {
            return false;
        }
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
        return this.frames.next(this.in);
    }

    @Override
    public void close() throws IOException {
        this.channel.close();
    }

}
