// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.CRC32C;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import org.jspecify.annotations.Nullable;

/**
 * The jars that the application was started from, as they were: a child that loads its
 * classes from others would be of another version than its parent. What is in a directory
 * may change.
 */
final class ClassPathSnapshot {

    private final Map<Path, Stamp> stamps = new LinkedHashMap<>();

    private final ClassPath classPath;

    private ClassPathSnapshot(ClassPath classPath) {
        this.classPath = classPath;
    }

    static ClassPathSnapshot of(ClassPath classPath) {
        ClassPathSnapshot snapshot = new ClassPathSnapshot(classPath);
        classPath.entries().forEach(snapshot::add);
        for (Path entry : classPath.modules()) {
            jarsIn(entry).forEach(snapshot::add);
        }
        // as with java -jar; to open each of many jars would cost more than a start
        if (classPath.classes().size() == 1) {
            namedBy(classPath.classes().get(0)).forEach(snapshot::add);
        }
        return snapshot;
    }

    ClassPath classPath() {
        return this.classPath;
    }

    private void add(Path entry) {
        Stamp stamp = Stamp.of(entry);
        if (stamp != null) {
            this.stamps.put(entry, stamp);
        }
    }

    /**
     * Returns one text for each file, which changes with what is in it: builds and images
     * may give every version the same time, and archives keep only the seconds of it.
     * Reads the list of entries of each jar.
     */
    List<String> describe() {
        List<String> texts = new ArrayList<>();
        this.stamps.forEach((file, stamp) -> texts
            .add(file + " " + stamp.size() + " " + stamp.modified().to(TimeUnit.SECONDS) + " " + checksum(file)));
        return texts;
    }

    private static long checksum(Path jar) {
        CRC32C checksum = new CRC32C();
        try (ZipFile file = new ZipFile(jar.toFile())) {
            for (ZipEntry each : Collections.list(file.entries())) {
                String content = each.getName() + " " + each.getCrc() + " " + each.getSize() + "\n";
                checksum.update(content.getBytes(StandardCharsets.UTF_8));
            }
        }
        catch (IOException | RuntimeException ex) {
            // no jar: nothing is loaded from it
            return 0;
        }
        return checksum.getValue();
    }

    /** Says what has become of the first file that is not as it was, or null. */
    @Nullable String change() {
        for (Map.Entry<Path, Stamp> entry : this.stamps.entrySet()) {
            Path file = entry.getKey();
            if (!entry.getValue().equals(Stamp.of(file))) {
                return "class path entry " + file + " was " + (Files.exists(file) ? "replaced" : "deleted")
                        + " since the pool was made; restart the application";
            }
        }
        return null;
    }

    private static List<Path> jarsIn(Path directory) {
        List<Path> jars = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*.jar")) {
                found.forEach(jars::add);
            }
            catch (IOException | RuntimeException ex) {
                // the JVM could read it: what is not watched is not the cause of anything
                return List.of();
            }
        }
        return jars;
    }

    /** What a manifest names is relative to its jar, and written as in a URL. */
    private static List<Path> namedBy(Path jar) {
        List<Path> named = new ArrayList<>();
        if (!Files.isRegularFile(jar)) {
            return named;
        }
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            String value = (manifest != null) ? manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH)
                    : null;
            for (String each : (value != null) ? value.strip().split("\\s+") : new String[0]) {
                named.add(Path.of(jar.toUri().resolve(each)));
            }
        }
        catch (IOException | RuntimeException ex) {
            // the same
            return named;
        }
        return named;
    }

    /**
     * What tells one version of a file from the next.
     *
     * @param size its size in bytes
     * @param modified its modification time
     */
    private record Stamp(long size, FileTime modified) {

        /** Null for a directory, and where nothing is. */
        static @Nullable Stamp of(Path file) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                return attributes.isRegularFile() ? new Stamp(attributes.size(), attributes.lastModifiedTime()) : null;
            }
            catch (IOException ex) {
                return null;
            }
        }

    }

}
