// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;

import dev.futures.support.Application;
import dev.futures.support.JavaProgram;
import dev.futures.support.LeakCheck;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No child is started from other jars than its parent.
 */
@ExtendWith(LeakCheck.class)
class ReplacedJarTests {

    @TempDir
    private Path directory;

    private Path jar;

    @BeforeEach
    void makeJar() throws Exception {
        this.jar = Files.writeString(this.directory.resolve("a.jar"), "one");
    }

    private static ClassPathSnapshot snapshot(List<Path> classes, List<Path> modules) {
        return ClassPathSnapshot.of(new ClassPath(classes, modules, List.of(), null, List.of()));
    }

    private ClassPathSnapshot snapshot() {
        return snapshot(List.of(this.directory, this.directory.resolve("none.jar"), this.jar), List.of());
    }

    @Test
    void nothingHasChanged() {
        assertThat(snapshot().change()).isNull();
    }

    @Test
    void aJarWasDeleted() throws Exception {
        ClassPathSnapshot snapshot = snapshot();
        Files.delete(this.jar);
        assertThat(snapshot.change()).isEqualTo(
                "class path entry " + this.jar + " was deleted since the pool was made; restart the application");
    }

    @Test
    void aJarHasAnotherSize() throws Exception {
        ClassPathSnapshot snapshot = snapshot();
        FileTime time = Files.getLastModifiedTime(this.jar);
        Files.writeString(this.jar, "longer");
        Files.setLastModifiedTime(this.jar, time);
        assertThat(snapshot.change()).contains(this.jar + " was replaced");
    }

    @Test
    void aJarHasAnotherTime() throws Exception {
        ClassPathSnapshot snapshot = snapshot();
        Files.setLastModifiedTime(this.jar, FileTime.fromMillis(1_000_000));
        assertThat(snapshot.change()).contains(this.jar + " was replaced");
    }

    @Test
    void theDescriptionChangesWithTheContentAlone() throws Exception {
        Path content = Files.createDirectory(this.directory.resolve("content"));
        Files.writeString(content.resolve("Version.txt"), "one");
        Path described = Application.jar(this.directory.resolve("described.jar"), content);
        FileTime time = Files.getLastModifiedTime(described);
        long size = Files.size(described);
        List<String> before = snapshot(List.of(described), List.of()).describe();
        assertThat(snapshot(List.of(described), List.of()).describe()).isEqualTo(before);
        Files.writeString(content.resolve("Version.txt"), "two");
        Application.jar(described, content);
        Files.setLastModifiedTime(described, time);
        assertThat(Files.size(described)).isEqualTo(size);
        assertThat(snapshot(List.of(described), List.of()).describe()).isNotEqualTo(before);
    }

    @Test
    void directoriesAndWhatWasNotThereMayChange() throws Exception {
        ClassPathSnapshot snapshot = snapshot();
        Files.writeString(this.directory.resolve("New.class"), "x");
        Files.writeString(this.directory.resolve("none.jar"), "x");
        Files.setLastModifiedTime(this.directory, FileTime.fromMillis(1_000_000));
        assertThat(snapshot.change()).isNull();
    }

    @Test
    void jarsInADirectoryOfModulesCount() throws Exception {
        ClassPathSnapshot snapshot = snapshot(List.of(), List.of(this.directory));
        Files.delete(this.jar);
        assertThat(snapshot.change()).contains(this.jar + " was deleted");
    }

    @Test
    void otherFilesInADirectoryOfModulesDoNotCount() throws Exception {
        Path other = Files.writeString(this.directory.resolve("notes.txt"), "one");
        ClassPathSnapshot snapshot = snapshot(List.of(), List.of(this.directory));
        Files.delete(other);
        assertThat(snapshot.change()).isNull();
    }

    @Test
    void amongManyJarsNoManifestIsRead() throws Exception {
        Path main = Application.jar(this.directory.resolve("main.jar"),
                Files.createDirectory(this.directory.resolve("e")), "Class-Path", "a.jar");
        ClassPathSnapshot snapshot = snapshot(List.of(main, this.directory.resolve("e")), List.of());
        Files.delete(this.jar);
        assertThat(snapshot.change()).isNull();
    }

    @Test
    void jarsThatAManifestNamesCount() throws Exception {
        Path named = Files.writeString(this.directory.resolve("na med.jar"), "one");
        Path main = Application.jar(this.directory.resolve("main.jar"),
                Files.createDirectory(this.directory.resolve("e")), "Class-Path",
                "a.jar na%20med.jar http://elsewhere/x.jar");
        Path relative = Application.jar(this.directory.resolve("other.jar"), this.directory.resolve("e"), "Class-Path",
                "a.jar  na%20med.jar");
        assertThat(snapshot(List.of(main), List.of()).change()).isNull();
        ClassPathSnapshot snapshot = snapshot(List.of(relative), List.of());
        Files.delete(named);
        assertThat(snapshot.change()).contains(named + " was deleted");
    }

    @Test
    void aRedeployedApplicationStartsNoFurtherChild() throws Exception {
        Application application = Application.in(this.directory.resolve("application"));
        Path libs = application.copyTo(this.directory.resolve("libs"));
        try (JavaProgram program = JavaProgram.start(this.directory, Map.of(),
                List.of("-cp", "libs/*", "app.Main", "twice"))) {
            assertThat(program.await("worker")).isEqualTo(Application.ON_CLASS_PATH);
            program.await("waiting");
            Files.delete(libs.resolve("extra.jar"));
            program.tell("go on");
            assertThat(program.await("again")).contains("a worker process could not be started", "class path entry "
                    + libs.toRealPath().resolve("extra.jar") + " was deleted since the pool was made");
        }
    }

    @Test
    void anApplicationOfDirectoriesIsNotDisturbed() throws Exception {
        Application application = Application.in(this.directory.resolve("application"));
        String classPath = String.join(":", application.core().toString(), application.directory("app").toString(),
                application.directory("lib").toString(), application.directory("extra").toString());
        try (JavaProgram program = JavaProgram.start(this.directory, Map.of(),
                List.of("-cp", classPath, "app.Main", "twice"))) {
            program.await("waiting");
            Files.writeString(application.directory("app").resolve("New.class"), "x");
            program.tell("go on");
            assertThat(program.await("again")).isEqualTo(Application.ON_CLASS_PATH);
        }
    }

    @Test
    void aPathThatAnotherLocaleCannotNameIsSaidToBeOne() throws Exception {
        Application application = Application.in(this.directory.resolve("application"));
        application.copyTo(this.directory.resolve("gr\u00fc\u00dfe"));
        try (JavaProgram program = JavaProgram.start(this.directory, Map.of("LC_ALL", "C.UTF-8"),
                List.of("-cp", "gr\u00fc\u00dfe/*", "app.Main", "locale=C"))) {
            assertThat(program.await("worker")).contains("Could not find or load main class", "same locale");
        }
    }

}
