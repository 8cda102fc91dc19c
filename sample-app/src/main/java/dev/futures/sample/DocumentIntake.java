// SPDX-License-Identifier: Apache-2.0

package dev.futures.sample;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import dev.futures.Future;
import dev.futures.Futures;
import dev.futures.spring.SubmitAsync;

import org.springframework.stereotype.Component;

/**
 * Stores uploads. This is mostly reading and writing, for which threads of this JVM will
 * do.
 */
@Component
public class DocumentIntake {

    /**
     * Computes the fingerprint of an upload and puts it in its place.
     * @param name the name of the file, a mere label
     * @param upload the upload
     * @param target where it belongs, on the same file system
     * @return the fingerprint, or why the file could not be stored
     */
    @SubmitAsync(executor = "intake", name = "store #{#name}")
    public Future<Fingerprint> store(String name, Path upload, Path target) {
        try {
            Fingerprint fingerprint = fingerprint(upload);
            Files.move(upload, target, StandardCopyOption.ATOMIC_MOVE);
            return Futures.completed(fingerprint);
        }
        catch (IOException ex) {
            return Futures.failed(ex);
        }
    }

    private static Fingerprint fingerprint(Path file) throws IOException {
        MessageDigest digest = sha256();
        // a channel, which an interrupt closes: so the task can be cancelled
        try (InputStream input = new DigestInputStream(Files.newInputStream(file), digest)) {
            input.transferTo(OutputStream.nullOutputStream());
        }
        return new Fingerprint(HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        }
        catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("every Java platform has SHA-256", ex);
        }
    }

}
