// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nobody but the user and root can have written a start-up cache.
 */
class CacheDirectoryTests {

    private static final String HASH = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path directory;

    private Path make(String name, String permissions) throws Exception {
        Path made = Files.createDirectory(this.directory.resolve(name));
        return Files.setPosixFilePermissions(made, PosixFilePermissions.fromString(permissions));
    }

    @Test
    void aMissingDirectoryIsMadeForItsOwnerAlone() throws Exception {
        Path missing = this.directory.resolve("a").resolve("b");
        assertThat(CacheDirectory.prepare(missing)).isNull();
        for (Path made : List.of(missing, missing.getParent())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made))).isEqualTo("rwx------");
        }
    }

    @Test
    void othersMayReadButNotWrite() throws Exception {
        assertThat(CacheDirectory.prepare(make("readable", "rwxr-xr-x"))).isNull();
        Path shared = make("shared", "rwxrwx---");
        assertThat(CacheDirectory.prepare(shared)).startsWith(shared + " can be written by others than this user");
        Path open = make("open", "rwxr-xrwx");
        assertThat(CacheDirectory.prepare(open)).startsWith(open + " can be written by others");
    }

    @Test
    void whoeverCouldPutAnotherDirectoryInItsPlaceCouldWriteToo() throws Exception {
        Path outer = make("outer", "rwxrwxrwx");
        Path inner = outer.resolve("inner");
        assertThat(CacheDirectory.prepare(inner)).startsWith(outer + " can be written by others");
        Path link = Files.createSymbolicLink(this.directory.resolve("link"), inner);
        assertThat(CacheDirectory.prepare(link)).startsWith(outer + " can be written by others");
    }

    @Test
    void othersCannotReplaceWhatIsInAStickyDirectory() throws Exception {
        Path outer = make("outer", "rwxrwxrwx");
        Files.setAttribute(outer, "unix:mode", 01777);
        assertThat(CacheDirectory.prepare(outer.resolve("inner"))).isNull();
        assertThat(CacheDirectory.prepare(outer)).as("but make files there").startsWith(outer + " can be written");
    }

    @Test
    void whatIsOldAndOurOwnIsTidiedAway() throws Exception {
        Duration month = Duration.ofDays(31);
        Path used = file("pool-" + HASH + ".jsa", Duration.ofDays(29));
        Path begun = file("pool-" + HASH + ".jsa.17.tmp", Duration.ofHours(23));
        Path other = file("notes.txt", month);
        Path similar = file("pool-" + HASH.substring(1) + ".jsa", month);
        file("p-" + HASH + ".jsa", month);
        file("p-" + HASH + ".aot", month);
        file("p-" + HASH + ".aot.17.tmp", Duration.ofDays(2));
        file("p-" + HASH + ".aot.17.tmp.config", Duration.ofDays(2));
        CacheDirectory.tidyUp(this.directory);
        try (var files = Files.list(this.directory)) {
            assertThat(files).containsExactlyInAnyOrder(used, begun, other, similar);
        }
    }

    @Test
    void theOldestOfManyAreTidiedAway() throws Exception {
        Path other = file("other-" + HASH + ".jsa", Duration.ofDays(9));
        for (int i = 0; i < 10; i++) {
            file("pool-" + i + HASH.substring(1) + ".jsa", Duration.ofHours(i));
        }
        CacheDirectory.tidyUp(this.directory);
        try (var files = Files.list(this.directory)) {
            assertThat(files).hasSize(8 + 1)
                .contains(other, this.directory.resolve("pool-7" + HASH.substring(1) + ".jsa"))
                .doesNotContain(this.directory.resolve("pool-8" + HASH.substring(1) + ".jsa"));
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
        assertThat(StartupCache.fileName("../\u00e9 x", List.of())).matches("_____x-[0-9a-f]{32}");
        assertThat(StartupCache.fileName("long".repeat(100), List.of())).hasSize(40 + 1 + 32);
    }

}
