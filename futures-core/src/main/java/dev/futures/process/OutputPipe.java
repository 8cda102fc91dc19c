// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The end of an output stream of a child that its parent reads. A stream of a
 * {@link Process} has two faults: a thread that reads from it cannot be woken, so it
 * stays for as long as any descendant of the child holds the pipe open; and when the
 * child ends, the JDK takes what is left to be read into memory, however much such a
 * descendant writes. So the pipe is opened once more, as a channel, where the system
 * allows it.
 */
final class OutputPipe {

    private final InputStream stream;

    private final boolean wakeable;

    private OutputPipe(InputStream stream, boolean wakeable) {
        this.stream = stream;
        this.wakeable = wakeable;
    }

    /**
     * Opens the pipe of a child that has just been started.
     * @param process the child
     * @param descriptor 1 or 2, as the child numbers it
     */
    static OutputPipe of(Process process, int descriptor) {
        InputStream original = (descriptor == 1) ? process.getInputStream() : process.getErrorStream();
        Path path = Path.of("/proc", String.valueOf(process.pid()), "fd", String.valueOf(descriptor));
        try {
            if (!Files.readSymbolicLink(path).toString().startsWith("pipe:")) {
                return new OutputPipe(original, false);
            }
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
            original.close();
            return new OutputPipe(Channels.newInputStream(channel), true);
        }
        catch (IOException | RuntimeException ex) {
            // another system, or the child has already ended
            return new OutputPipe(original, false);
        }
    }

    int read(byte[] buffer) throws IOException {
        return this.stream.read(buffer);
    }

    /** Wakes the thread that reads, if it can be woken. */
    void abandon() {
        if (this.wakeable) {
            close();
        }
    }

    void close() {
        try {
            this.stream.close();
        }
        catch (IOException ex) {
            // nobody reads from it any more
            return;
        }
    }

}
