// SPDX-License-Identifier: Apache-2.0

package dev.futures.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests of {@link WorkDirectory}. */
class WorkDirectoryTests {

    @TempDir
    Path parent;

    @Test
    void whatDeadProcessesLeftIsRemovedAndNothingElse() throws Exception {
        long living = ProcessHandle.allProcesses().findFirst().orElseThrow().pid();
        long dead = deadProcess();
        Path ours = directory("document-inspector-" + ProcessHandle.current().pid());
        Path abandoned = directory("document-inspector-" + dead);
        Path theirs = directory("document-inspector-" + living);
        Path other = directory("document-inspector-notes");
        WorkDirectory files = open();
        assertThat(abandoned).doesNotExist();
        assertThat(ours.resolve("a/b")).doesNotExist();
        assertThat(theirs.resolve("a/b")).exists();
        assertThat(other.resolve("a/b")).exists();
        assertThat(files.uploads()).isEmptyDirectory().hasParent(ours);
        assertThat(files.documents()).isEmptyDirectory().hasParent(ours);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ours))).isEqualTo("rwx------");
        files.destroy();
        assertThat(ours).doesNotExist();
    }

    @Test
    void theDirectoryOfADocumentIsRemovedWithAllFiles() throws IOException {
        WorkDirectory files = open();
        Path document = Files.createDirectory(files.documents().resolve("id"));
        Files.writeString(document.resolve("page"), "text");
        files.remove(document);
        assertThat(document).doesNotExist();
        assertThat(document.getParent().resolveSibling("trash")).isEmptyDirectory();
        files.remove(document);
    }

    private WorkDirectory open() throws IOException {
        return new WorkDirectory(new InspectorProperties(this.parent, 1, Duration.ofSeconds(1)));
    }

    private Path directory(String name) throws IOException {
        Path directory = Files.createDirectory(this.parent.resolve(name));
        Files.writeString(Files.createDirectory(directory.resolve("a")).resolve("b"), "text");
        return directory;
    }

    private static long deadProcess() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        return process.pid();
    }

}
