// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.futures.support.LogCapture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nobody but the user and root can have written a start-up cache.
 */
class CacheDirectoryTests {

    private static final String HASH = "0123456789abcdef0123456789abcdef";

    private static final String NAME = "pool-" + HASH;

    private static final String SUM = ".89abcdef";

    @TempDir
    private Path directory;

    private Path make(String name, String permissions) throws Exception {
        Path made = Files.createDirectory(this.directory.resolve(name));
        return Files.setPosixFilePermissions(made, PosixFilePermissions.fromString(permissions));
    }

    private static @Nullable String objection(Path directory) throws IOException {
        try {
            CacheDirectory unused = CacheDirectory.prepare(directory);
            return null;
        }
        catch (CacheDirectory.UnsafeException ex) {
            return ex.getMessage();
        }
    }

    @Test
    void theNewestFileIsFoundAndCountsAsUsed() throws Exception {
        CacheDirectory prepared = CacheDirectory.prepare(this.directory);
        assertThat(prepared.find(NAME, ".jsa")).isNull();
        Path older = finished(prepared, "older");
        Path newer = finished(prepared, "newer");
        Files.setLastModifiedTime(older, FileTime.from(Instant.now().minus(Duration.ofDays(3))));
        Files.setLastModifiedTime(newer, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        assertThat(prepared.find(NAME, ".aot")).isNull();
        assertThat(prepared.find(NAME, ".jsa")).isEqualTo(newer);
        assertThat(Files.getLastModifiedTime(newer).toInstant()).isAfter(Instant.now().minusSeconds(3600));
    }

    private Path finished(CacheDirectory prepared, String content) throws IOException {
        return prepared.finish(Files.writeString(this.directory.resolve("unfinished"), content), NAME, ".jsa");
    }

    @Test
    void aFileThatOthersCanHaveWrittenIsDeletedRatherThanUsed() throws Exception {
        CacheDirectory prepared = CacheDirectory.prepare(this.directory);
        Path open = finished(prepared, "open");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-rw----"));
        Path own = Files.writeString(this.directory.resolve("own"), "content");
        Path link = Files.createSymbolicLink(open.resolveSibling(NAME + ".00000000.jsa"), own);
        try (LogCapture log = new LogCapture("dev.futures")) {
            assertThat(prepared.find(NAME, ".jsa")).isNull();
            assertThat(log.messages()).hasSize(2).allMatch((message) -> message.contains("others can have written it"));
        }
        assertThat(Files.exists(open)).isFalse();
        assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isFalse();
        assertThat(own).exists();
    }

    @Test
    void aFileThatIsNotAsItWasMadeIsDeletedRatherThanUsed() throws Exception {
        CacheDirectory prepared = CacheDirectory.prepare(this.directory);
        Path sound = finished(prepared, "sound");
        Path damaged = finished(prepared, "damaged");
        Files.writeString(damaged, "damagee");
        assertThat(prepared.find(NAME, ".jsa")).isEqualTo(sound);
        assertThat(damaged).doesNotExist();
    }

    @Test
    void aMissingDirectoryIsMadeForItsOwnerAlone() throws Exception {
        Path missing = this.directory.resolve("a").resolve("b");
        assertThat(CacheDirectory.prepare(missing).path()).isEqualTo(missing.toRealPath());
        for (Path made : List.of(missing, missing.getParent())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made))).isEqualTo("rwx------");
        }
    }

    @Test
    void othersMayReadButNotWrite() throws Exception {
        assertThat(objection(make("readable", "rwxr-xr-x"))).isNull();
        Path shared = make("shared", "rwxrwx---");
        assertThat(objection(shared)).startsWith(shared + " can be written by others than this user");
        Path open = make("open", "rwxr-xrwx");
        assertThat(objection(open)).startsWith(open + " can be written by others");
    }

    @Test
    void whoeverCouldPutAnotherDirectoryInItsPlaceCouldWriteToo() throws Exception {
        Path outer = make("outer", "rwxrwxrwx");
        Path inner = outer.resolve("inner");
        assertThat(objection(inner)).startsWith(outer + " can be written by others");
        Path link = Files.createSymbolicLink(this.directory.resolve("link"), inner);
        assertThat(objection(link)).startsWith(outer + " can be written by others");
    }

    @Test
    void othersCannotReplaceWhatIsInAStickyDirectory() throws Exception {
        Path outer = make("outer", "rwxrwxrwx");
        Files.setAttribute(outer, "unix:mode", 01777);
        assertThat(objection(outer.resolve("inner"))).isNull();
        assertThat(objection(outer)).as("but make files there").startsWith(outer + " can be written");
    }

    @Test
    void whatIsOldAndOurOwnIsTidiedAway() throws Exception {
        Duration month = Duration.ofDays(31);
        Path used = file("pool-" + HASH + SUM + ".jsa", Duration.ofDays(29));
        Path begun = file("pool-" + HASH + ".jsa.0a-1b.tmp", Duration.ofHours(23));
        Path other = file("notes.txt", month);
        Path similar = file("pool-" + HASH.substring(1) + SUM + ".jsa", month);
        file("p-" + HASH + SUM + ".jsa", month);
        file("p-" + HASH + SUM + ".aot", month);
        file("p-" + HASH + ".aot.0a-1b.tmp", Duration.ofDays(2));
        file("p-" + HASH + ".aot.0a-1b.tmp.config", Duration.ofDays(2));
        CacheDirectory.prepare(this.directory).tidyUp();
        try (var files = Files.list(this.directory)) {
            assertThat(files).containsExactlyInAnyOrder(used, begun, other, similar);
        }
    }

    @Test
    void theOldestOfManyAreTidiedAway() throws Exception {
        Path other = file("other-" + HASH + SUM + ".jsa", Duration.ofDays(9));
        for (int i = 0; i < 10; i++) {
            file("pool-" + i + HASH.substring(1) + SUM + ".jsa", Duration.ofHours(i));
        }
        CacheDirectory.prepare(this.directory).tidyUp();
        try (var files = Files.list(this.directory)) {
            assertThat(files).hasSize(8 + 1)
                .contains(other, this.directory.resolve("pool-7" + HASH.substring(1) + SUM + ".jsa"))
                .doesNotContain(this.directory.resolve("pool-8" + HASH.substring(1) + SUM + ".jsa"));
        }
    }

    private Path file(String name, Duration age) throws Exception {
        Path file = Files.createFile(this.directory.resolve(name));
        return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
    }

    @Test
    void theNameOfAFileDependsOnEverything() {
        String name = StartupCache.fileName("p", List.of("a", "b"));
        assertThat(name).isEqualTo(StartupCache.fileName("p", List.of("a", "b"))).matches("p-[0-9a-f]{32}");
        assertThat(name).isNotIn(StartupCache.fileName("q", List.of("a", "b")),
                StartupCache.fileName("p", List.of("b", "a")), StartupCache.fileName("p", List.of("a")));
        assertThat(StartupCache.fileName("ProcessPoolExecutor-7", List.of()))
            .isEqualTo(StartupCache.fileName("ProcessPoolExecutor-0", List.of()));
        assertThat(StartupCache.fileName("../\u00e9 x", List.of())).matches("_____x-[0-9a-f]{32}");
        assertThat(StartupCache.fileName("long".repeat(100), List.of())).hasSize(40 + 1 + 32);
    }

}
