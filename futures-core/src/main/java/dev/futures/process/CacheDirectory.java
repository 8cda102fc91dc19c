// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
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

import org.jspecify.annotations.Nullable;

/**
 * The directory of start-up caches. Whoever can write to it, or put another one in its
 * place, could have workers run any code, so that only this user and root may.
 */
final class CacheDirectory {

    /** How the name of a file ends that is being made. */
    static final String UNFINISHED = ".tmp";

    private static final Pattern CACHE = Pattern.compile("(.+)-[0-9a-f]{32}\\.(jsa|aot)");

    private static final Pattern LEFT_OVER = Pattern
        .compile(".+-[0-9a-f]{32}\\.(jsa|aot)\\.\\d+" + Pattern.quote(UNFINISHED) + "(\\.config)?");

    private static final Duration UNUSED = Duration.ofDays(30);

    /** So many of pools of the same name, for options may differ with every run. */
    private static final int MAX_FILES = 8;

    private static final Duration ABANDONED = Duration.ofDays(1);

    private static final int ROOT = 0;

    private static final int WRITABLE_BY_OTHERS = 0022;

    private static final int STICKY = 01000;

    private CacheDirectory() {
    }

    /**
     * Makes the directory if it is not there.
     * @return why it must not be used, or {@code null}
     */
    static @Nullable String prepare(Path directory) throws IOException {
        if (!directory.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return "who may write to " + directory + " cannot be checked on this system";
        }
        if (!Files.exists(directory)) {
            Set<PosixFilePermission> owner = PosixFilePermissions.fromString("rwx------");
            Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(owner));
        }
        int user = user();
        Path checked = directory.toRealPath();
        for (Path each = checked; each != null; each = each.getParent()) {
            int owner = (int) Files.getAttribute(each, "unix:uid");
            int mode = (int) Files.getAttribute(each, "unix:mode");
            // in a sticky directory others cannot rename or delete what is not theirs
            boolean shared = (mode & WRITABLE_BY_OTHERS) != 0 && (each.equals(checked) || (mode & STICKY) == 0);
            if (shared || (owner != user && owner != ROOT)) {
                return each + " can be written by others than this user, who could have workers run any code; make it "
                        + "writable by this user or root alone, or choose another directory";
            }
        }
        return null;
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
    static void tidyUp(Path directory) {
        Map<String, List<Path>> caches = new HashMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                Matcher cache = CACHE.matcher(name);
                if (cache.matches()) {
                    caches.computeIfAbsent(cache.group(1), (pool) -> new ArrayList<>()).add(file);
                }
                if ((cache.matches() && isOlder(file, UNUSED))
                        || (LEFT_OVER.matcher(name).matches() && isOlder(file, ABANDONED))) {
                    delete(file);
                }
            }
        }
        catch (IOException | RuntimeException ex) {
            // the next pool tries again
            return;
        }
        for (List<Path> files : caches.values()) {
            files.sort(Comparator.comparing((file) -> file.toFile().lastModified(), Comparator.reverseOrder()));
            files.stream().skip(MAX_FILES).forEach(CacheDirectory::delete);
        }
    }

    private static boolean isOlder(Path file, Duration age) throws IOException {
        return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
            .toInstant()
            .isBefore(Instant.now().minus(age));
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        }
        catch (IOException ex) {
            // left for the next tidying, or for whoever owns it
            return;
        }
    }

}
