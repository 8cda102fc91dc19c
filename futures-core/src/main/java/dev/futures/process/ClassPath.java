// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

import dev.futures.serial.ClassPathEntries;

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
        List<Path> entries = ClassPathEntries.ofThisJvm();
        String classPath = entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        if (isBootJar(entries)) {
            return List.of("-cp", classPath, "-Dloader.main=" + mainClass, BOOT_LAUNCHER);
        }
        return List.of("-cp", classPath, mainClass);
    }

    private static boolean isBootJar(List<Path> entries) throws IOException {
        if (entries.size() != 1 || !Files.isRegularFile(entries.get(0))) {
            return false;
        }
        try (JarFile jar = new JarFile(entries.get(0).toFile())) {
            return jar.getEntry("BOOT-INF/classes/") != null;
        }
    }

}
