// SPDX-License-Identifier: Apache-2.0

package dev.futures.sample;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import dev.futures.sample.pdf.SampleDocument;
import dev.futures.sample.pdf.SampleDocuments;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;

/** A file to upload. Two of them are never compared. */
record TestDocument(String name, byte[] content) {

    static TestDocument text(String name, String content) {
        return new TestDocument(name, content.getBytes(StandardCharsets.UTF_8));
    }

    static TestDocument sample(String name) {
        for (SampleDocument sample : SampleDocuments.all()) {
            if (sample.fileName().equals(name)) {
                return new TestDocument(name, sample.content());
            }
        }
        throw new AssertionError("no such sample: " + name);
    }

    static TestDocument pages(String name, int pages) {
        try (PDDocument document = new PDDocument(); ByteArrayOutputStream output = new ByteArrayOutputStream()) {
            for (int number = 1; number <= pages; number++) {
                addPage(document, "Page " + number + " of " + name);
            }
            document.save(output);
            return new TestDocument(name, output.toByteArray());
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static void addPage(PDDocument document, String text) throws IOException {
        PDPage page = new PDPage();
        document.addPage(page);
        try (PDPageContentStream stream = new PDPageContentStream(document, page)) {
            stream.beginText();
            stream.setFont(new PDType1Font(FontName.HELVETICA), 12);
            stream.newLineAtOffset(50, 750);
            stream.setLeading(14);
            for (int line = 0; line < 15; line++) {
                stream.showText(text + ", line " + line + ": the lamplighter looks first to the wind");
                stream.newLine();
            }
            stream.endText();
        }
    }

    TestDocument as(String otherName) {
        return new TestDocument(otherName, this.content);
    }

}
