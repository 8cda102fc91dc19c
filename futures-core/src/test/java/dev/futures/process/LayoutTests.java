// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.futures.support.Application;
import dev.futures.support.JavaProgram;
import dev.futures.support.LeakCheck;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A worker sees the classes of its parent, however that was started.
 */
@ExtendWith(LeakCheck.class)
class LayoutTests {

    private static final String MAIN = "app.Main";

    @TempDir
    private static Path home;

    private static Application application;

    @TempDir
    private Path directory;

    @BeforeAll
    static void compile() throws Exception {
        application = Application.in(home);
    }

    private static String path(Object... entries) {
        return Arrays.stream(entries).map(Object::toString).collect(Collectors.joining(":"));
    }

    private static String run(Path directory, String... arguments) throws Exception {
        try (JavaProgram program = JavaProgram.start(directory, Map.of(), List.of(arguments))) {
            String seen = program.await("worker");
            assertThat(program.awaitExit()).isZero();
            return seen;
        }
    }

    @Test
    void directoriesAndJarsAreMixed() throws Exception {
        assertThat(run(this.directory, "-cp", path(application.directory("app"), application.jar("lib"),
                application.core(), application.directory("extra")), MAIN))
            .isEqualTo(Application.ON_CLASS_PATH);
    }

    @Test
    void aWildcardStandsForJars() throws Exception {
        application.copyTo(this.directory.resolve("libs"));
        assertThat(run(this.directory, "-cp", "libs/*", MAIN)).isEqualTo(Application.ON_CLASS_PATH);
    }

    @Test
    void relativeEntriesHoldInAnotherDirectory() throws Exception {
        application.copyTo(this.directory);
        Path other = Files.createDirectory(this.directory.resolve("other"));
        assertThat(
                run(this.directory, "-cp", "app.jar:./lib.jar:other/../extra.jar:core.jar", MAIN, "directory=" + other))
            .isEqualTo(Application.ON_CLASS_PATH);
    }

    @Test
    void theCurrentDirectoryHoldsInAnother() throws Exception {
        Path other = Files.createDirectory(this.directory.resolve("other"));
        assertThat(run(application.directory("app"), "-cp",
                path("", application.jar("lib"), application.core(), application.directory("extra")), MAIN,
                "directory=" + other))
            .isEqualTo(Application.ON_CLASS_PATH);
    }

    @Test
    void theManifestOfAJarNamesOthers() throws Exception {
        application.copyTo(this.directory.resolve("a lib"));
        Path jar = Application.jar(this.directory.resolve("run.jar"), application.directory("app"), "Main-Class", MAIN,
                "Class-Path", "a%20lib/lib.jar a%20lib/core.jar a%20lib/extra.jar");
        Path other = Files.createDirectory(this.directory.resolve("other"));
        assertThat(run(jar.getParent(), "-jar", "run.jar", "directory=" + other)).isEqualTo(Application.ON_CLASS_PATH);
    }

    @Test
    void modulesStayModules() throws Exception {
        application.copyTo(this.directory.resolve("mods"));
        Path other = Files.createDirectory(this.directory.resolve("other"));
        assertThat(run(this.directory, "-p", "mods", "-m", "app/app.Main", "directory=" + other))
            .isEqualTo(Application.IN_MODULE);
    }

    @Test
    void explodedModulesMayHaveAClassPathBesides() throws Exception {
        Path beside = application.compile("beside", "beside/Beside", "package beside; public class Beside { }");
        assertThat(run(this.directory, "-p",
                path(application.core(), home.resolve("classes/lib"), home.resolve("classes/app"),
                        application.jar("extra")),
                "-cp", beside.toString(), "-m", "app/app.Main", "load=beside.Beside"))
            .isEqualTo(Application.IN_MODULE + " Beside");
    }

    @Test
    void modulesMayBeAddedToAClassPath() throws Exception {
        assertThat(run(this.directory, "-p", path(application.core(), application.jar("lib"), application.jar("app")),
                "--add-modules", "app", "-cp", application.directory("extra").toString(), MAIN))
            .isEqualTo(Application.IN_MODULE);
    }

    @Test
    void theMainClassMayBeOnTheClassPathNextToModules() throws Exception {
        assertThat(run(this.directory, "-p", path(application.jar("lib"), application.jar("extra")), "--add-modules",
                "lib,extra", "-cp", path(application.core(), application.directory("app")), MAIN))
            .isEqualTo(Application.ON_CLASS_PATH);
    }

    @Test
    void optionsForModulesAreInherited() throws Exception {
        application.copyTo(this.directory.resolve("mods"));
        Files.move(application.compile("patch", "app/Patch", "package app; public class Patch { }"),
                this.directory.resolve("patch"));
        Path other = Files.createDirectory(this.directory.resolve("other"));
        Path file = Files.writeString(this.directory.resolve("options"),
                "--add-opens java.base/java.lang=app\n--patch-module=app=patch");
        assertThat(run(this.directory, "@" + file, "-p", "mods", "-m", "app/app.Main", "directory=" + other, "open",
                "load=app.Patch"))
            .isEqualTo(Application.IN_MODULE + " opened Patch");
    }

    @ParameterizedTest
    @ValueSource(strings = { "two words", "gr\u00fc\u00dfe \u65e5\u672c", "it's \"quoted\"", "back\\slash", "#1",
            "100%", "%20", "@file", "-cp", "trailing\\", "a,b;c=d", "$HOME", "*" })
    void anyNameMayBeOnThePath(String name) throws Exception {
        Path libs = application.copyTo(this.directory.resolve(name));
        List<String> jars = List.of("core.jar", "lib.jar", "extra.jar", "app.jar");
        String entries = jars.stream().map((jar) -> "./" + name + "/" + jar).collect(Collectors.joining(":"));
        try (JavaProgram program = JavaProgram.start(this.directory, Map.of("LC_ALL", "C.UTF-8"),
                List.of("-cp", entries, MAIN, "directory=" + libs.toAbsolutePath()))) {
            assertThat(program.await("worker")).isEqualTo(Application.ON_CLASS_PATH);
        }
    }

    @Test
    void aClassPathMayBeLongerThanACommandLine() throws Exception {
        List<String> entries = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            entries.add(this.directory + ("/" + "x".repeat(190)).repeat(4) + i);
        }
        entries.addAll(List.of(application.core().toString(), application.directory("app").toString(),
                application.jar("lib").toString(), application.jar("extra").toString()));
        String classPath = String.join(":", entries);
        assertThat(classPath).hasSizeGreaterThan(2 * 1024 * 1024);
        Path file = Files.writeString(this.directory.resolve("options"), "-cp " + classPath);
        assertThat(run(this.directory, "@" + file, MAIN)).isEqualTo(Application.ON_CLASS_PATH);
    }

    @Test
    void aClassLoaderOfAContainerIsAsked() throws Exception {
        Path container = application.compile("container", "container/Container", """
                package container;
                import java.net.*;
                import java.nio.file.Path;
                public class Container {
                    public static void main(String[] args) throws Exception {
                        URL[] urls = new URL[args.length];
                        for (int i = 0; i < urls.length; i++) {
                            urls[i] = Path.of(args[i]).toUri().toURL();
                        }
                        ClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
                        Thread.currentThread().setContextClassLoader(loader);
                        loader.loadClass("app.Main").getMethod("main", String[].class)
                            .invoke(null, (Object) new String[0]);
                    }
                }
                """);
        Path libs = application.copyTo(this.directory.resolve("web app"));
        assertThat(run(this.directory, "-cp", container.toString(), "container.Container",
                application.directory("app").toString(), libs.resolve("lib.jar").toString(),
                libs.resolve("core.jar").toString(), libs.resolve("extra.jar").toString()))
            .isEqualTo(Application.ON_CLASS_PATH);
    }

}
