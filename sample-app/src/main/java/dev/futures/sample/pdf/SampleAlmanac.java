// SPDX-License-Identifier: Apache-2.0
package dev.futures.sample.pdf;

import java.io.IOException;
import java.util.List;
import java.util.Random;

import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * A long text: forty pages of an almanac, put together from stock phrases.
 */
final class SampleAlmanac {

    static final int PAGES = 40;

    private static final List<String> WHO = List.of("The lamplighter", "A careful gardener", "The ferry pilot",
            "The old clockmaker", "Anyone who keeps bees", "The night watch", "A patient angler", "The baker's eldest");

    private static final List<String> DOES = List.of("looks first to the wind", "counts the swallows twice",
            "leaves the gate unlatched", "sets the water by before dusk", "trusts the tide more than the table",
            "keeps a second lantern trimmed", "writes down the hour of the frost", "waits for the bell across the bay");

    private static final List<String> WHEN = List.of("when the moon is new", "in the last week of the thaw",
            "after three clear mornings", "before the herring return", "on the shortest day",
            "while the roads are still white", "as soon as the fog lifts", "until the first hay is in");

    private static final List<String> WHY = List.of("for the weather forgives no one who is late",
            "and has seldom been wrong", "because what is noted is not forgotten", "though few will say why",
            "and sleeps the better for it", "as the grandparents did", "and tells the neighbours by noon",
            "for a small sign is still a sign");

    private SampleAlmanac() {
    }

    static void write(PDDocument document) throws IOException {
        document.getDocumentInformation().setTitle("The Lamplighter's Almanac");
        document.getDocumentInformation().setAuthor("Anonymous");
        Random random = new Random(1871);
        for (int number = 1; number <= PAGES; number++) {
            try (SampleCanvas page = new SampleCanvas(document)) {
                writePage(page, number, random);
            }
        }
    }

    private static void writePage(SampleCanvas page, int number, Random random) throws IOException {
        page.text(SampleCanvas.SERIF_ITALIC, 10, SampleCanvas.TEAL, SampleCanvas.MARGIN, 790,
                "The Lamplighter's Almanac");
        page.line(SampleCanvas.SAND, 1, SampleCanvas.MARGIN, 782, SampleCanvas.WIDTH - SampleCanvas.MARGIN, 782);
        page.text(SampleCanvas.SERIF, 22, SampleCanvas.INK, SampleCanvas.MARGIN, 736, "Week " + number);
        float y = 700;
        while (y > 170) {
            y = page.paragraph(SampleCanvas.SERIF, 12, y, paragraph(random));
        }
        page.centered(SampleCanvas.SERIF, 11, SampleCanvas.INK, 48, Integer.toString(number));
    }

    private static String paragraph(Random random) {
        StringBuilder text = new StringBuilder();
        for (int sentence = 0; sentence < 5; sentence++) {
            text.append(sentence == 0 ? "" : " ").append(pick(WHO, random)).append(' ').append(pick(DOES, random));
            text.append(' ').append(pick(WHEN, random)).append(", ").append(pick(WHY, random)).append('.');
        }
        return text.toString();
    }

    private static String pick(List<String> phrases, Random random) {
        return phrases.get(random.nextInt(phrases.size()));
    }

}
