// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

import org.jspecify.annotations.Nullable;

/**
 * The directory of start-up caches. Whoever can write to it, or put another one in its
 * place, could have workers run any code, so that only this user and root may.
 */
final class CacheDirectory {

    private static final Logger logger = System.getLogger("dev.futures");

    /** How the name of a file ends that is being made. */
    static final String UNFINISHED = ".tmp";

    private static final Pattern CACHE = Pattern.compile("(.+)-[0-9a-f]{32}\\.[0-9a-f]{8}\\.(jsa|aot)");

    private static final Pattern LEFT_OVER = Pattern
        .compile(".+-[0-9a-f]{32}\\.(jsa|aot)\\.[0-9a-f-]+" + Pattern.quote(UNFINISHED) + "(\\.config)?");

    private static final Duration UNUSED = Duration.ofDays(30);

    /** So many of pools of the same name, for options may differ with every run. */
    private static final int MAX_FILES = 8;

    private static final int MAX_FILES_IN_ALL = 64;

    private static final Duration ABANDONED = Duration.ofDays(1);

    private static final int BUFFER = 64 * 1024;

    private static final int ROOT = 0;

    private static final int WRITABLE_BY_OTHERS = 0022;

    private static final int STICKY = 01000;

    private final Path path;

    private final int user;

    private CacheDirectory(Path path, int user) {
        this.path = path;
        this.user = user;
    }

    /**
     * Makes the directory if it is not there.
     * @throws UnsafeException if it must not be used
     */
    static CacheDirectory prepare(Path directory) throws IOException {
        if (!directory.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            throw new UnsafeException("who may write to " + directory + " cannot be checked on this system");
        }
        if (!Files.exists(directory)) {
            Set<PosixFilePermission> owner = PosixFilePermissions.fromString("rwx------");
            Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(owner));
        }
        CacheDirectory prepared = new CacheDirectory(directory.toRealPath(), user());
        for (Path each = prepared.path; each != null; each = each.getParent()) {
            // in a sticky directory others cannot rename or delete what is not theirs
            boolean sticky = !each.equals(prepared.path) && (mode(each) & STICKY) != 0;
            if (!prepared.isOwn(each) || (!sticky && isWritableByOthers(each))) {
                throw new UnsafeException(each + " can be written by others than this user, who could have workers run "
                        + "any code; make it writable by this user or root alone, empty it, or choose another directory");
            }
        }
        return prepared;
    }

    private boolean isOwn(Path file) throws IOException {
        int owner = (int) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        return owner == this.user || owner == ROOT;
    }

    private static boolean isWritableByOthers(Path file) throws IOException {
        return (mode(file) & WRITABLE_BY_OTHERS) != 0;
    }

    private static int mode(Path file) throws IOException {
        return (int) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    }

    /** Returns the directory itself, whatever led to it. */
    Path path() {
        return this.path;
    }

    /**
     * Returns the newest file that may be used, which it is from then on. One that others
     * have put there, when they still could, or that is not as it was made, is deleted: a
     * JVM would run whatever is in it.
     * @param name how its name begins
     * @param suffix how its name ends
     */
    @Nullable Path find(String name, String suffix) throws IOException {
        Path newest = null;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(this.path, name + ".*" + suffix)) {
            for (Path file : files) {
                if (!isSound(file, name, suffix)) {
                    logger.log(Level.WARNING,
                            "start-up cache " + file + " is damaged, or others can have written it; it is not used"
                                    + (delete(file) ? " but deleted" : ""));
                }
                else if (newest == null || lastModified(file) > lastModified(newest)) {
                    newest = file;
                }
            }
        }
        if (newest != null) {
            // it is in use, and so not to be tidied away; where it cannot be, it need not
            boolean unused = newest.toFile().setLastModified(System.currentTimeMillis());
        }
        return newest;
    }

    private boolean isSound(Path file, String name, String suffix) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && isOwn(file) && !isWritableByOthers(file)
                && file.equals(finished(file, name, suffix));
    }

    private static long lastModified(Path file) {
        return file.toFile().lastModified();
    }

    /** Gives a file the name under which it is found, and returns it. */
    Path finish(Path unfinished, String name, String suffix) throws IOException {
        return Files.move(unfinished, finished(unfinished, name, suffix), StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * The name has a checksum, since a JVM does not look whether the content is sound.
     */
    private Path finished(Path file, String name, String suffix) throws IOException {
        CRC32C checksum = new CRC32C();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = new FileInputStream(file.toFile())) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                checksum.update(buffer, 0, count);
            }
        }
        return this.path.resolve(name + "." + String.format("%08x", checksum.getValue()) + suffix);
    }

    /** The system tells it only of a file. */
    private static int user() throws IOException {
        Path own = Files.createTempFile("futures-user-", "");
        try {
            return (int) Files.getAttribute(own, "unix:uid");
        }
        finally {
            Files.delete(own);
        }
    }

    /**
     * Removes what no pool has used for a long time, what was never finished, and the
     * oldest of many.
     */
    void tidyUp() {
        Map<String, List<Path>> caches = new HashMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(this.path)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                Matcher cache = CACHE.matcher(name);
                if (cache.matches()) {
                    caches.computeIfAbsent(cache.group(1), (pool) -> new ArrayList<>()).add(file);
                }
                if ((cache.matches() && isOlder(file, UNUSED))
                        || (LEFT_OVER.matcher(name).matches() && isOlder(file, ABANDONED))) {
                    boolean unused = delete(file);
                }
            }
        }
        catch (IOException | RuntimeException ex) {
            // the next pool tries again
            return;
        }
        List<Path> all = new ArrayList<>();
        for (List<Path> files : caches.values()) {
            deleteOldest(files, MAX_FILES);
            all.addAll(files);
        }
        deleteOldest(all, MAX_FILES_IN_ALL);
    }

    private static void deleteOldest(List<Path> files, int remaining) {
        files.sort(Comparator.comparing(CacheDirectory::lastModified, Comparator.reverseOrder()));
        files.stream().skip(remaining).forEach((file) -> {
            boolean unused = delete(file);
        });
    }

    private static boolean isOlder(Path file, Duration age) throws IOException {
        return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
            .toInstant()
            .isBefore(Instant.now().minus(age));
    }

    /** Returns whether it is gone; if not, it is left for whoever owns it. */
    static boolean delete(Path file) {
        try {
            Files.deleteIfExists(file);
            return true;
        }
        catch (IOException ex) {
            return false;
        }
    }

    /** Others could have put into the directory what is there. */
    static final class UnsafeException extends IOException {

        private static final long serialVersionUID = 1L;

        UnsafeException(String message) {
            super(message);
        }

    }

}
