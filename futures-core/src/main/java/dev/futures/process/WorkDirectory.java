// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A directory that only its owner can enter, for the few files that a child needs while
 * it starts. It is gone when the child has connected. Its name carries the process id of
 * the parent, so that what a killed parent left behind is found and removed.
 */
final class WorkDirectory implements Closeable {

    private static final String PREFIX = "futures-";

    private static final AtomicBoolean swept = new AtomicBoolean();

    private final Path path;

    private WorkDirectory(Path path) {
        this.path = path;
    }

    static WorkDirectory create() throws IOException {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        if (swept.compareAndSet(false, true)) {
            sweep(parent);
        }
        return new WorkDirectory(Files.createTempDirectory(parent, PREFIX + ProcessHandle.current().pid() + "-"));
    }

    Path resolve(String name) {
        return this.path.resolve(name);
    }

    void delete() {
        delete(this.path);
    }

    @Override
    public void close() {
        delete();
    }

    private static void sweep(Path parent) {
        try (DirectoryStream<Path> candidates = Files.newDirectoryStream(parent, PREFIX + "*-*")) {
            for (Path candidate : candidates) {
                if (isAbandoned(candidate.getFileName().toString())) {
                    delete(candidate);
                }
            }
        }
        catch (IOException | RuntimeException ex) {
            // somebody else's directory, or none at all: there is nothing to tidy up then
            return;
        }
    }

    private static boolean isAbandoned(String name) {
        String[] parts = name.split("-", 3);
        if (!parts[1].matches("\\d{1,18}")) {
            return false;
        }
        return ProcessHandle.of(Long.parseLong(parts[1])).isEmpty();
    }

    private static void delete(Path directory) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        catch (IOException ex) {
            return;
        }
        try {
            Files.deleteIfExists(directory);
        }
        catch (IOException ex) {
            // left for the next sweep
            return;
        }
    }

}
