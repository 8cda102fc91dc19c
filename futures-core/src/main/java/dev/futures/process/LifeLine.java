// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.function.LongConsumer;

/**
 * What a parent tells its child beside the channel, on the child's standard input: to
 * stop a task, which a child that is busy with it would not read on the channel. The end
 * of the stream means that the parent is gone, however it went.
 */
final class LifeLine {

    private static final byte STOP = 1;

    private LifeLine() {
    }

    /** In the parent: tells the child to stop a task. */
    static void stop(OutputStream stream, long id) throws IOException {
        // one write, since several threads may want to say something
        stream.write(ByteBuffer.allocate(1 + Long.BYTES).put(STOP).putLong(id).array());
        stream.flush();
    }

    /**
     * In the child: follows the line to its end.
     * @param stop told which task to stop; must not block
     */
    static void follow(InputStream stream, LongConsumer stop) {
        DataInputStream in = new DataInputStream(stream);
        try {
            while (in.readByte() == STOP) {
                stop.accept(in.readLong());
            }
        }
        catch (IOException ex) {
            // the same as its end
            return;
        }
    }

}
