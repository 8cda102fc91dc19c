// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.DataInputStream;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.function.LongConsumer;

/**
 * What a parent tells its child beside the channel, on the child's standard input: to
 * stop a task, which a child that is busy with it would not read on the channel. The end
 * of the stream means that the parent is gone, however it went.
 */
final class LifeLine {

    private static final byte STOP = 1;

    private final FileChannel channel;

    // volatile: set by whoever lets go of the line, read by the thread that follows it
    private volatile boolean released;

    private LifeLine(FileChannel channel) {
        this.channel = channel;
    }

    /** In the parent: tells the child to stop a task. */
    static void stop(OutputStream stream, long id) throws IOException {
        // one write, since several threads may want to say something
        stream.write(ByteBuffer.allocate(1 + Long.BYTES).put(STOP).putLong(id).array());
        stream.flush();
    }

    /** In the child: the end of the line there, its standard input. */
    @SuppressWarnings("resource") // it is open as long as the process is there
    static LifeLine ofThisProcess() {
        return new LifeLine(new FileInputStream(FileDescriptor.in).getChannel());
    }

    /** What is said on the line; read without looking ahead. */
    InputStream stream() {
        return Channels.newInputStream(this.channel);
    }

    /**
     * In the child: follows the line to its end.
     * @param stop told which task to stop; must not block
     * @return whether the parent is gone, rather than this process about to end
     */
    boolean follow(LongConsumer stop) {
        DataInputStream in = new DataInputStream(stream());
        try {
            while (in.readByte() == STOP) {
                stop.accept(in.readLong());
            }
        }
        catch (IOException ex) {
            // the same as its end
            return !this.released;
        }
        return true;
    }

    /**
     * In the child, which is certain to end soon: a JVM waits a while for threads that
     * read, before it exits.
     */
    void release() {
        if (File.separatorChar == '\\') {
            // Windows might wait for the reader instead
            return;
        }
        this.released = true;
        try {
            this.channel.close();
        }
        catch (IOException ex) {
            // then the JVM waits
            return;
        }
    }

}
