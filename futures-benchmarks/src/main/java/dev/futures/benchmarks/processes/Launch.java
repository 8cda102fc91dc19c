// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.processes;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

import org.springframework.boot.loader.tools.Library;
import org.springframework.boot.loader.tools.LibraryScope;
import org.springframework.boot.loader.tools.Repackager;

/**
 * How an application is started: the class path of this JVM as jars, since no cache takes
 * directories of classes, or all of it in an executable Spring Boot jar.
 */
enum Launch {

    /** {@code java -cp a.jar:b.jar Main}. */
    CLASS_PATH {

        @Override
        String prepare(Path directory, Class<?> main) throws IOException {
            return jars(directory);
        }

        @Override
        List<String> main(String classPath, Class<?> main) {
            return List.of("-cp", classPath, main.getName());
        }

    },

    /** {@code java -jar application.jar}. */
    BOOT_JAR {

        @Override
        String prepare(Path directory, Class<?> main) throws IOException {
            List<File> jars = Stream.of(jars(directory).split(File.pathSeparator)).map(File::new).toList();
            File own = jars.stream().filter((jar) -> jar.getName().equals(OWN)).findFirst().orElseThrow();
            Path application = directory.resolve("application.jar");
            Repackager repackager = new Repackager(own);
            repackager.setMainClass(main.getName());
            repackager.repackage(application.toFile(), (libraries) -> {
                for (File jar : jars) {
                    if (jar != own) {
                        libraries.library(new Library(jar, LibraryScope.COMPILE));
                    }
                }
            });
            return application.toString();
        }

        @Override
        List<String> main(String classPath, Class<?> main) {
            return List.of("-cp", classPath, "-Dloader.main=" + main.getName(),
                    "org.springframework.boot.loader.launch.PropertiesLauncher");
        }

    };

    private static final String OWN = "futures-benchmarks.jar";

    /**
     * Makes what is to be started.
     * @param directory where files may be made
     * @param main the main class
     * @return the class path
     */
    abstract String prepare(Path directory, Class<?> main) throws IOException;

    /** Returns the part of the command line that starts with the class path. */
    abstract List<String> main(String classPath, Class<?> main);

    /** Returns the class path of this JVM without directories. */
    static String jars(Path directory) throws IOException {
        List<String> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                boolean own = Files.exists(path.resolve(Launch.class.getName().replace('.', '/') + ".class"));
                jars.add(jar(path, directory.resolve(own ? OWN : "directory-" + jars.size() + ".jar")).toString());
            }
            else if (Files.exists(path)) {
                jars.add(isOwn(path) ? Files.copy(path, directory.resolve(OWN)).toString() : entry);
            }
        }
        return String.join(File.pathSeparator, jars);
    }

    private static boolean isOwn(Path jar) {
        return jar.getFileName().toString().startsWith("futures-benchmarks");
    }

    private static Path jar(Path classes, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream output = new JarOutputStream(file);
                Stream<Path> files = Files.walk(classes)) {
            files.filter(Files::isRegularFile).sorted().forEach((path) -> add(output, classes, path));
        }
        return jar;
    }

    private static void add(JarOutputStream output, Path classes, Path file) {
        try {
            output.putNextEntry(new JarEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
            Files.copy(file, output);
            output.closeEntry();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Deletes a directory and what is in it. */
    static void delete(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }

        });
    }

}
