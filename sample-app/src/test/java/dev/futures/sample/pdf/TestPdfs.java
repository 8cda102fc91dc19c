// SPDX-License-Identifier: Apache-2.0
package dev.futures.sample.pdf;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;

import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.pdmodel.graphics.color.PDDeviceRGB;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;

/** Documents made for tests. */
final class TestPdfs {

    private TestPdfs() {
    }

    static Path write(Path file, Content... pages) throws IOException {
        try (PDDocument document = new PDDocument()) {
            for (Content page : pages) {
                page.addTo(document);
            }
            document.save(file.toFile());
        }
        return file;
    }

    static Path writeProtected(Path file, String userPassword) throws IOException {
        return write(file, text("secret"), (document) -> {
            StandardProtectionPolicy policy = new StandardProtectionPolicy("owner", userPassword,
                    new AccessPermission());
            policy.setEncryptionKeyLength(128);
            document.protect(policy);
        });
    }

    static Content text(String text) {
        return page(PDRectangle.A4, 0, text);
    }

    static Content page(PDRectangle size, int rotation, String text) {
        return (document) -> {
            PDPage page = new PDPage(size);
            page.setRotation(rotation);
            document.addPage(page);
            try (PDPageContentStream stream = new PDPageContentStream(document, page)) {
                float unit = Math.max(0.01f, Math.min(size.getWidth(), size.getHeight()) / 20);
                stream.addRect(size.getLowerLeftX() + unit, size.getLowerLeftY() + unit, 8 * unit, 8 * unit);
                stream.fill();
                stream.beginText();
                stream.setFont(new PDType1Font(FontName.HELVETICA), unit);
                stream.newLineAtOffset(size.getLowerLeftX() + unit, size.getLowerLeftY() + 12 * unit);
                stream.showText(text);
                stream.endText();
            }
        };
    }

    static Content image(ImageSource source) {
        return (document) -> {
            PDPage page = new PDPage(PDRectangle.A4);
            document.addPage(page);
            try (PDPageContentStream stream = new PDPageContentStream(document, page)) {
                stream.drawImage(source.create(document), 50, 50, 400, 400);
            }
        };
    }

    /** An image of 1.2 GB once it is decoded, of which only a third is there. */
    static PDImageXObject hugeLosslessImage(PDDocument document) throws IOException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        try (OutputStream deflater = new DeflaterOutputStream(data)) {
            for (int row = 0; row < 20_000; row++) {
                deflater.write(new byte[20_000]);
            }
        }
        PDStream stream = new PDStream(document, new ByteArrayInputStream(data.toByteArray()), COSName.FLATE_DECODE);
        PDImageXObject image = new PDImageXObject(stream, null);
        image.setWidth(20_000);
        image.setHeight(20_000);
        image.setBitsPerComponent(8);
        image.setColorSpace(PDDeviceRGB.INSTANCE);
        return image;
    }

    static Path truncated(Path file, Path source) throws IOException {
        byte[] content = Files.readAllBytes(source);
        return Files.write(file, Arrays.copyOf(content, content.length / 2));
    }

    /** Adds something to a document. */
    @FunctionalInterface
    interface Content {

        void addTo(PDDocument document) throws IOException;

    }

    /** Makes an image for a document. */
    @FunctionalInterface
    interface ImageSource {

        PDImageXObject create(PDDocument document) throws IOException;

    }

}
