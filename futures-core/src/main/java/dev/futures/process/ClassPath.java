// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/**
 * What a child needs on its command line to see the same classes as this JVM. Knows the
 * plain class path, to which it adds the module path, and Spring Boot's executable jar,
 * whose classes only its own launcher finds.
 */
final class ClassPath {

    private static final String BOOT_LAUNCHER = "org.springframework.boot.loader.launch.PropertiesLauncher";

    private ClassPath() {
    }

    /** Returns the arguments up to and including the main class. */
    static List<String> arguments(String mainClass) throws IOException {
        String classPath = absolute(System.getProperty("java.class.path", ""));
        if (isBootJar(classPath)) {
            return List.of("-cp", classPath, "-Dloader.main=" + mainClass, BOOT_LAUNCHER);
        }
        String modulePath = absolute(System.getProperty("jdk.module.path", ""));
        if (modulePath.isEmpty()) {
            return List.of("-cp", classPath, mainClass);
        }
        return List.of("-cp", joined(classPath, modulePath), mainClass);
    }

    private static String joined(String first, String second) {
        return first.isEmpty() ? second : first + File.pathSeparator + second;
    }

    private static String absolute(String path) {
        return Arrays.stream(path.split(File.pathSeparator))
            .filter((entry) -> !entry.isEmpty())
            .map((entry) -> Path.of(entry).toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean isBootJar(String classPath) throws IOException {
        if (classPath.isEmpty() || classPath.contains(File.pathSeparator) || !new File(classPath).isFile()) {
            return false;
        }
        try (JarFile jar = new JarFile(classPath)) {
            return jar.getEntry("BOOT-INF/classes/") != null;
        }
    }

}
