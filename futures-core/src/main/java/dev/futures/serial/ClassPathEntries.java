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
        List<Path> entries = new ArrayList<>(ofClassPath());
        entries.addAll(ofModulePath());
        return entries;
    }

    /**
     * Returns the entries of the class path, which is empty if a module was named on the
     * command line, and no class path.
     * @return absolute paths, in the order in which they are searched
     */
    public static List<Path> ofClassPath() {
        String classes = System.getProperty("java.class.path", "");
        boolean none = classes.isEmpty() && System.getProperty("jdk.module.main") != null;
        return none ? List.of() : parse(classes);
    }

    /**
     * Returns the entries of the module path: modules, and directories of modules.
     * @return absolute paths, in the order in which they are searched
     */
    public static List<Path> ofModulePath() {
        String modules = System.getProperty("jdk.module.path", "");
        return modules.isEmpty() ? List.of() : parse(modules);
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
