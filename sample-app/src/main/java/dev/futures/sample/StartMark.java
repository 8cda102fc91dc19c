// SPDX-License-Identifier: Apache-2.0

package dev.futures.sample;

import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * An empty file by which a task says, in its worker process, that it has begun. The
 * application learns in this way when that was, however short the task.
 *
 * @param file the file
 */
public record StartMark(File file) implements Serializable {

    static StartMark in(Path directory) {
        return new StartMark(directory.resolve("started").toFile());
    }

    void set() {
        try {
            this.file.createNewFile();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    @Nullable Instant get() {
        long modified = this.file.lastModified();
        return (modified > 0) ? Instant.ofEpochMilli(modified) : null;
    }

}
