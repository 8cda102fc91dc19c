// SPDX-License-Identifier: Apache-2.0

package dev.futures.interpreter;

import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Where classes are looked for, and in which order.
 */
class ApplicationClassPathTests {

    private static final URL FIRST = url("file:/lib/first.jar");

    private static final URL SECOND = url("file:/lib/second.jar");

    private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

    private static URL url(String text) {
        try {
            return URI.create(text).toURL();
        }
        catch (java.net.MalformedURLException ex) {
            throw new AssertionError(ex);
        }
    }

    /** One that looks into its own places first, as those of servers and DevTools do. */
    private static final class OwnFirst extends URLClassLoader {

        OwnFirst(URL url, ClassLoader parent) {
            super(new URL[] { url }, parent);
        }

    }

    @Test
    void theClassPathOfTheJvmIsGivenAsItIs() throws Exception {
        List<URL> urls = ApplicationClassPath.of(ClassLoader.getSystemClassLoader());
        URL classes = InterpreterPoolExecutor.class.getProtectionDomain().getCodeSource().getLocation();
        assertThat(urls).contains(classes);
        for (URL each : urls) {
            assertThat(each.getProtocol()).isEqualTo("file");
            assertThat(each.getPath().endsWith("/")).as(each.toString())
                .isEqualTo(Files.isDirectory(Path.of(each.toURI())));
        }
    }

    @Test
    void aPlainLoaderComesAfterItsParentAndOneOfItsOwnMindBeforeIt() throws Exception {
        try (URLClassLoader above = new URLClassLoader(new URL[] { FIRST }, PLATFORM);
                URLClassLoader plain = new URLClassLoader(new URL[] { SECOND }, above);
                URLClassLoader made = URLClassLoader.newInstance(new URL[] { SECOND }, above);
                URLClassLoader ownFirst = new OwnFirst(SECOND, above)) {
            assertThat(ApplicationClassPath.of(plain)).containsExactly(FIRST, SECOND);
            assertThat(ApplicationClassPath.of(made)).containsExactly(FIRST, SECOND);
            assertThat(ApplicationClassPath.of(ownFirst)).containsExactly(SECOND, FIRST);
        }
    }

    @Test
    void theFirstOfSeveralEqualPlacesCounts() throws Exception {
        try (URLClassLoader above = new URLClassLoader(new URL[] { FIRST, SECOND }, PLATFORM);
                URLClassLoader ownFirst = new OwnFirst(SECOND, above)) {
            assertThat(ApplicationClassPath.of(ownFirst)).containsExactly(SECOND, FIRST);
        }
    }

    @Test
    void nothingAboveThePlatformIsAsked() throws Exception {
        assertThat(ApplicationClassPath.of(PLATFORM)).isEmpty();
        try (URLClassLoader lonely = new URLClassLoader(new URL[] { FIRST }, null)) {
            assertThat(ApplicationClassPath.of(lonely)).containsExactly(FIRST);
        }
    }

    @Test
    void aLoaderThatDoesNotTellIsRefused() throws Exception {
        ClassLoader silent = new ClassLoader("silent", ClassLoader.getSystemClassLoader()) {
        };
        List<ClassLoader> loaders = new ArrayList<>(List.of(silent));
        try (URLClassLoader below = new URLClassLoader(new URL[] { FIRST }, silent)) {
            loaders.add(below);
            for (ClassLoader loader : loaders) {
                assertThatIllegalStateException().isThrownBy(() -> ApplicationClassPath.of(loader))
                    .withMessageContaining("a " + silent.getClass().getName())
                    .withMessageContaining("is neither a URLClassLoader nor that of the class path")
                    .withMessageContaining("make the pool with another context class loader");
            }
        }
    }

}
