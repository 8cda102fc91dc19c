// SPDX-License-Identifier: Apache-2.0
package dev.futures.sample.pdf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;

/**
 * Makes the sample documents: four that can be read, one that is damaged and one that
 * needs a password.
 */
public final class SampleDocuments {

    private static final int KEY_BITS = 256;

    private SampleDocuments() {
    }

    /**
     * All sample documents, freshly made.
     * @return the documents, in the order in which they are best submitted
     */
    public static List<SampleDocument> all() {
        try {
            byte[] report = save(SampleReport::write);
            return List.of(new SampleDocument("letter.pdf", save(SampleLetter::write)),
                    new SampleDocument("annual-report.pdf", report),
                    new SampleDocument("almanac-40-pages.pdf", save(SampleAlmanac::write)),
                    new SampleDocument("membership-form.pdf", save(SampleForm::write)),
                    new SampleDocument("damaged-download.pdf", Arrays.copyOf(report, report.length / 3)),
                    new SampleDocument("password-protected.pdf", save(SampleDocuments::writeProtected)));
        }
        catch (IOException ex) {
            throw new UncheckedIOException("the sample documents cannot be made", ex);
        }
    }

    private static void writeProtected(PDDocument document) throws IOException {
        SampleLetter.write(document);
        StandardProtectionPolicy policy = new StandardProtectionPolicy("owner", "open sesame", new AccessPermission());
        policy.setEncryptionKeyLength(KEY_BITS);
        document.protect(policy);
    }

    private static byte[] save(Content content) throws IOException {
        try (PDDocument document = new PDDocument(); ByteArrayOutputStream output = new ByteArrayOutputStream()) {
            content.writeTo(document);
            document.save(output);
            return output.toByteArray();
        }
    }

    /** What makes up one document. */
    @FunctionalInterface
    private interface Content {

        void writeTo(PDDocument document) throws IOException;

    }

}
