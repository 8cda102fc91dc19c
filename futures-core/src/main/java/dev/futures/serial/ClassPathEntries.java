// SPDX-License-Identifier: Apache-2.0

package dev.futures.serial;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The places that the application class loader of this JVM finds classes in, from its
 * command line. For authors of executors only.
 */
public final class ClassPathEntries {

    private ClassPathEntries() {
    }

    /**
     * Returns the entries of the class path and those of the module path. The JVM has
     * replaced wildcards by then.
     * @return absolute paths, in the order in which they are searched
     */
    public static List<Path> ofThisJvm() {
        String modules = System.getProperty("jdk.module.path", "");
        String classes = System.getProperty("java.class.path", "");
        List<Path> entries = new ArrayList<>();
        // a module on the command line takes the place of an empty class path
        if (!classes.isEmpty() || System.getProperty("jdk.module.main") == null) {
            entries.addAll(parse(classes));
        }
        if (!modules.isEmpty()) {
            entries.addAll(parse(modules));
        }
        return entries;
    }

    /** An empty entry is the current directory, for the JVM as well. */
    static List<Path> parse(String path) {
        List<Path> entries = new ArrayList<>();
        for (String entry : path.split(File.pathSeparator, -1)) {
            entries.add(Path.of(entry).toAbsolutePath());
        }
        return entries;
    }

}
