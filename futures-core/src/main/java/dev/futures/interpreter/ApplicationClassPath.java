// SPDX-License-Identifier: Apache-2.0

package dev.futures.interpreter;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.futures.serial.ClassPathEntries;
import org.jspecify.annotations.Nullable;

/**
 * Finds out where the application has its classes from, by asking its class loader and
 * those above it.
 */
final class ApplicationClassPath {

    private ApplicationClassPath() {
    }

    /**
     * Returns what a class loader and those above it search, up to the platform loader.
     * @throws IllegalStateException if one of them does not tell
     */
    static List<URL> of(ClassLoader classLoader) {
        // a loader may repeat what that above it has: the first place counts
        Set<String> known = new LinkedHashSet<>();
        List<URL> urls = new ArrayList<>(collect(classLoader));
        // as text: two URLs are compared by looking up their hosts
        urls.removeIf((url) -> !known.add(url.toExternalForm()));
        return List.copyOf(urls);
    }

    private static List<URL> collect(@Nullable ClassLoader loader) {
        List<URL> urls = new ArrayList<>();
        if (loader == null || loader == ClassLoader.getPlatformClassLoader()) {
            return urls;
        }
        if (loader == ClassLoader.getSystemClassLoader() && !(loader instanceof URLClassLoader)) {
            return ofThisJvm();
        }
        if (!(loader instanceof URLClassLoader known)) {
            throw new IllegalStateException("an interpreter pool must know where the application's classes are, but "
                    + loader + ", a " + loader.getClass().getName() + ", is neither a URLClassLoader nor that of the "
                    + "class path; make the pool with another context class loader, or take a ProcessPoolExecutor");
        }
        List<URL> above = collect(loader.getParent());
        List<URL> own = List.of(known.getURLs());
        boolean parentFirst = loader.getClass().getClassLoader() == null;
        urls.addAll(parentFirst ? above : own);
        urls.addAll(parentFirst ? own : above);
        return urls;
    }

    private static List<URL> ofThisJvm() {
        List<URL> urls = new ArrayList<>();
        for (Path entry : ClassPathEntries.ofThisJvm()) {
            try {
                // a directory is given the slash at its end that says that it is one
                urls.add(entry.toUri().toURL());
            }
            catch (MalformedURLException ex) {
                throw new IllegalStateException("the class path has an entry that is no file: " + entry, ex);
            }
        }
        return urls;
    }

}
