// SPDX-License-Identifier: Apache-2.0

package dev.futures.sample;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * The directory with all files of this application, which nobody else can enter. It is
 * removed at the end. Its name carries the process id, so that the next application finds
 * and removes what a killed one left behind.
 */
@Component
final class WorkDirectory implements DisposableBean {

    private static final Logger logger = LoggerFactory.getLogger(WorkDirectory.class);

    private static final String PREFIX = "document-inspector-";

    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d{1,18})");

    private static final int ATTEMPTS = 5;

    private final Path path;

    WorkDirectory(InspectorProperties properties) throws IOException {
        Path parent = Files.createDirectories(properties.directory().toAbsolutePath().normalize());
        sweep(parent);
        this.path = Files.createDirectory(parent.resolve(PREFIX + ProcessHandle.current().pid()), ownerOnly());
        Files.createDirectory(uploads());
        Files.createDirectory(documents());
        Files.createDirectory(trash());
    }

    /** Process ids are used again, hence a directory with our own is not ours. */
    private static void sweep(Path parent) throws IOException {
        try (DirectoryStream<Path> candidates = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path candidate : candidates) {
                Matcher matcher = NAME.matcher(candidate.getFileName().toString());
                if (matcher.matches() && isAbandoned(Long.parseLong(matcher.group(1)))) {
                    logger.info("Removing {}, left behind by a process that was killed", candidate);
                    deleteTree(candidate);
                }
            }
        }
    }

    private static boolean isAbandoned(long pid) {
        return pid == ProcessHandle.current().pid() || ProcessHandle.of(pid).isEmpty();
    }

    private static FileAttribute<?>[] ownerOnly() {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")) };
    }

    /** Where files are while they are being uploaded. */
    Path uploads() {
        return this.path.resolve("uploads");
    }

    /** Where each document has a directory. */
    Path documents() {
        return this.path.resolve("documents");
    }

    private Path trash() {
        return this.path.resolve("trash");
    }

    /**
     * Removes the directory of a document. It is moved away first: a worker that has just
     * been killed may still be writing for a moment, and must not bring it back.
     */
    void remove(Path directory) {
        Path moved = trash().resolve(directory.getFileName());
        try {
            Files.move(directory, moved);
            deleteTree(moved);
        }
        catch (NoSuchFileException ex) {
            logger.debug("{} is not there", directory);
        }
        catch (IOException ex) {
            logger.warn("The files in {} could not be removed: {}", directory, ex.toString());
        }
    }

    private static void deleteTree(Path directory) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                FileSystemUtils.deleteRecursively(directory);
                return;
            }
            catch (IOException ex) {
                logger.debug("Removing {} failed, attempt {} of {}", directory, attempt, ATTEMPTS, ex);
            }
        }
        logger.warn("{} could not be removed", directory);
    }

    @Override
    public void destroy() {
        deleteTree(this.path);
    }

}
