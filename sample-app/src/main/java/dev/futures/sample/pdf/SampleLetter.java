// SPDX-License-Identifier: Apache-2.0
package dev.futures.sample.pdf;

import java.awt.Color;
import java.io.IOException;
import java.util.List;

import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * A letter of one page.
 */
final class SampleLetter {

    private static final List<String> PARAGRAPHS = List.of("Dear Ms Okafor,",
            "Thank you for the eleven boxes of harbour maps that reached us last Thursday. Our "
                    + "conservator opened the first of them the same afternoon, and the sheets are in better "
                    + "condition than any of us had dared to hope.",
            "Three of the maps show the old breakwater before the storm of 1902. As far as we know, no "
                    + "other record of its shape has survived. With your permission we would like to scan them "
                    + "first, and to show them in the reading room during the summer.",
            "You asked how long the whole collection will take. At about forty sheets a day we expect to "
                    + "be done by the end of October. You will receive copies of every scan as soon as it is made.",
            "Please do visit us when you are in town. There will be tea.", "Yours sincerely,");

    private SampleLetter() {
    }

    static void write(PDDocument document) throws IOException {
        document.getDocumentInformation().setTitle("A letter about harbour maps");
        document.getDocumentInformation().setAuthor("Harbour Street Library");
        try (SampleCanvas page = new SampleCanvas(document)) {
            writeHead(page);
            float y = 600;
            for (String paragraph : PARAGRAPHS) {
                y = page.paragraph(SampleCanvas.SERIF, 12, y, paragraph);
            }
            page.text(SampleCanvas.SERIF_ITALIC, 24, SampleCanvas.TEAL, SampleCanvas.MARGIN, y - 18, "Tomas Lindqvist");
            page.text(SampleCanvas.SANS, 9, SampleCanvas.INK, SampleCanvas.MARGIN, y - 36, "Keeper of maps");
        }
    }

    private static void writeHead(SampleCanvas page) throws IOException {
        page.rectangle(SampleCanvas.TEAL, 0, SampleCanvas.HEIGHT - 96, SampleCanvas.WIDTH, 96);
        page.rectangle(SampleCanvas.CORAL, 0, SampleCanvas.HEIGHT - 101, SampleCanvas.WIDTH, 5);
        page.text(SampleCanvas.SERIF, 26, Color.WHITE, SampleCanvas.MARGIN, SampleCanvas.HEIGHT - 58,
                "Harbour Street Library");
        page.text(SampleCanvas.SANS, 9, SampleCanvas.SAND, SampleCanvas.MARGIN, SampleCanvas.HEIGHT - 76,
                "12 Harbour Street  -  Maps, charts and manuscripts since 1871");
        page.text(SampleCanvas.SANS, 10, SampleCanvas.INK, SampleCanvas.MARGIN, 668, "Ms Adaeze Okafor");
        page.text(SampleCanvas.SANS, 10, SampleCanvas.INK, SampleCanvas.MARGIN, 654, "4 Lighthouse Row");
        page.text(SampleCanvas.SANS, 10, SampleCanvas.INK, 440, 668, "3 March");
    }

}
