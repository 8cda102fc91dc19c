// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A directory that only its owner can enter, for the few files that a child needs while
 * it starts. It is gone when the child has connected. Its name carries the process id of
 * the parent, so that what a killed parent left behind is found and removed.
 */
final class WorkDirectory implements Closeable {

    private static final String PREFIX = "futures-worker-";

    /** All that is ever in such a directory. */
    private static final List<String> FILES = List.of("a", "s");

    /** Much longer than a start takes. */
    private static final Duration IN_USE = Duration.ofHours(1);

    private static final AtomicBoolean swept = new AtomicBoolean();

    private final Path path;

    private WorkDirectory(Path path) {
        this.path = path;
    }

    static WorkDirectory create() throws IOException {
        Path parent = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
        Path created = Files.createTempDirectory(parent, PREFIX + ProcessHandle.current().pid() + "-");
        if (swept.compareAndSet(false, true)) {
            sweep(parent, created);
        }
        return new WorkDirectory(created);
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

    /** Touches only what this class has made, for this user. */
    private static void sweep(Path parent, Path own) {
        try (DirectoryStream<Path> candidates = Files.newDirectoryStream(parent, PREFIX + "*-*")) {
            UserPrincipal owner = Files.getOwner(own);
            for (Path candidate : candidates) {
                if (Files.isDirectory(candidate, LinkOption.NOFOLLOW_LINKS)
                        && Files.getOwner(candidate, LinkOption.NOFOLLOW_LINKS).equals(owner) && isOld(candidate)
                        && isAbandoned(candidate.getFileName().toString())) {
                    delete(candidate);
                }
            }
        }
        catch (IOException | RuntimeException ex) {
            // somebody else's directory, or none at all: there is nothing to tidy up then
            return;
        }
    }

    /**
     * A parent in another container that shares the directory cannot be seen from here,
     * but it does not need its directory for long.
     */
    private static boolean isOld(Path directory) throws IOException {
        Instant modified = Files.getLastModifiedTime(directory, LinkOption.NOFOLLOW_LINKS).toInstant();
        return modified.isBefore(Instant.now().minus(IN_USE));
    }

    private static boolean isAbandoned(String name) {
        String pid = name.substring(PREFIX.length(), name.indexOf('-', PREFIX.length()));
        return pid.matches("\\d{1,18}") && ProcessHandle.of(Long.parseLong(pid)).isEmpty();
    }

    private static void delete(Path directory) {
        try {
            for (String file : FILES) {
                Files.deleteIfExists(directory.resolve(file));
            }
            Files.deleteIfExists(directory);
        }
        catch (IOException ex) {
            // left for the next sweep
            return;
        }
    }

}
