// SPDX-License-Identifier: Apache-2.0
package dev.futures.sample.pdf;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;

/**
 * A report of twelve pages: a cover with an image, then pages with a chart each.
 */
final class SampleReport {

    static final int PAGES = 12;

    private static final List<Color> COLORS = List.of(SampleCanvas.TEAL, SampleCanvas.CORAL, new Color(0xE3B23C),
            new Color(0x6B7FA3), new Color(0x8FB08C));

    private static final List<String> CHAPTERS = List.of("Visitors", "Loans by month", "Where the maps come from",
            "Scanning", "Opening hours", "Repairs", "Reading room", "Exhibitions", "Volunteers", "Expenses",
            "The year ahead");

    private static final float CHART_LEFT = SampleCanvas.MARGIN;

    private static final float CHART_BOTTOM = 330;

    private static final float CHART_WIDTH = SampleCanvas.WIDTH - 2 * SampleCanvas.MARGIN;

    private static final float CHART_HEIGHT = 300;

    private SampleReport() {
    }

    static void write(PDDocument document) throws IOException {
        document.getDocumentInformation().setTitle("Annual report of the Harbour Street Library");
        document.getDocumentInformation().setAuthor("Harbour Street Library");
        Random random = new Random(12);
        try (SampleCanvas page = new SampleCanvas(document)) {
            writeCover(document, page);
        }
        for (int number = 2; number <= PAGES; number++) {
            try (SampleCanvas page = new SampleCanvas(document)) {
                writeChapter(page, number, random);
            }
        }
    }

    private static void writeCover(PDDocument document, SampleCanvas page) throws IOException {
        page.image(LosslessFactory.createFromImage(document, harbour(600, 480)), 0, 362, SampleCanvas.WIDTH, 480);
        page.rectangle(SampleCanvas.CORAL, SampleCanvas.MARGIN, 300, 60, 6);
        page.text(SampleCanvas.SANS_BOLD, 40, SampleCanvas.INK, SampleCanvas.MARGIN, 240, "Annual report");
        page.text(SampleCanvas.SANS, 16, SampleCanvas.TEAL, SampleCanvas.MARGIN, 212, "Harbour Street Library");
        page.text(SampleCanvas.SANS, 10, SampleCanvas.INK, SampleCanvas.MARGIN, 72,
                "A made-up report of a made-up library");
    }

    private static void writeChapter(SampleCanvas page, int number, Random random) throws IOException {
        String chapter = CHAPTERS.get(number - 2);
        page.rectangle(COLORS.get(number % COLORS.size()), 0, 800, SampleCanvas.WIDTH, 42);
        page.text(SampleCanvas.SANS_BOLD, 24, SampleCanvas.INK, SampleCanvas.MARGIN, 730, chapter);
        switch (number % 3) {
            case 0 -> drawBars(page, random);
            case 1 -> drawLines(page, random);
            default -> drawPie(page, random);
        }
        page.paragraph(SampleCanvas.SERIF, 12, 270, "The figure shows \"" + chapter.toLowerCase(Locale.ROOT)
                + "\" over the past year. Numbers were collected at the front desk and checked by two people. "
                + "A quiet spring was followed by the busiest summer on record, and the autumn brought many new "
                + "readers who had first heard of the library at the harbour festival.");
        page.centered(SampleCanvas.SANS, 9, SampleCanvas.INK, 40, number + " / " + PAGES);
    }

    private static void drawBars(SampleCanvas page, Random random) throws IOException {
        drawGrid(page);
        float step = CHART_WIDTH / 12;
        for (int month = 0; month < 12; month++) {
            float height = 60 + random.nextFloat() * (CHART_HEIGHT - 80);
            page.rectangle(COLORS.get(month % 2), CHART_LEFT + month * step + 5, CHART_BOTTOM, step - 10, height);
        }
    }

    private static void drawLines(SampleCanvas page, Random random) throws IOException {
        drawGrid(page);
        for (int series = 0; series < 3; series++) {
            float[] points = new float[26];
            float y = CHART_BOTTOM + 60 + 70 * series;
            for (int i = 0; i < points.length; i += 2) {
                points[i] = CHART_LEFT + i * CHART_WIDTH / 24;
                points[i + 1] = y;
                y += random.nextFloat() * 36 - 16;
            }
            page.line(COLORS.get(series), 2.5f, points);
        }
    }

    private static void drawPie(SampleCanvas page, Random random) throws IOException {
        double start = 0;
        for (int slice = 0; slice < COLORS.size(); slice++) {
            boolean last = slice == COLORS.size() - 1;
            double end = last ? 2 * Math.PI : start + 0.7 + random.nextDouble() * 0.8;
            page.polygon(COLORS.get(slice), slice(start, end));
            start = end;
        }
    }

    private static float[] slice(double start, double end) {
        int steps = 40;
        float centerX = SampleCanvas.WIDTH / 2;
        float centerY = CHART_BOTTOM + CHART_HEIGHT / 2;
        float[] points = new float[2 * steps + 4];
        points[0] = centerX;
        points[1] = centerY;
        for (int i = 0; i <= steps; i++) {
            double angle = start + (end - start) * i / steps;
            points[2 * i + 2] = centerX + (float) Math.cos(angle) * CHART_HEIGHT / 2;
            points[2 * i + 3] = centerY + (float) Math.sin(angle) * CHART_HEIGHT / 2;
        }
        return points;
    }

    private static void drawGrid(SampleCanvas page) throws IOException {
        for (int i = 0; i <= 5; i++) {
            float y = CHART_BOTTOM + i * CHART_HEIGHT / 5;
            page.line(SampleCanvas.SAND, 1, CHART_LEFT, y, CHART_LEFT + CHART_WIDTH, y);
        }
    }

    private static BufferedImage harbour(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, color((double) x / width, (double) y / height).getRGB());
            }
        }
        return image;
    }

    private static Color color(double x, double y) {
        double hills = 0.56 + 0.05 * Math.sin(9 * x) + 0.03 * Math.sin(23 * x + 1);
        if (Math.hypot((x - 0.72) * 1.25, y - 0.3) < 0.09) {
            return new Color(0xFFF3D6);
        }
        if (y < hills) {
            return mix(new Color(0xF2A66B), new Color(0xFBE3C0), y / hills);
        }
        if (y < 0.68) {
            return mix(new Color(0x33586B), SampleCanvas.TEAL, (y - hills) * 6);
        }
        double ripple = 0.5 + 0.5 * Math.sin(90 * y * y + 3 * Math.sin(7 * x));
        return mix(new Color(0x174E5C), new Color(0x5FA8A3), ripple * (1 - y));
    }

    private static Color mix(Color from, Color to, double share) {
        double part = Math.max(0, Math.min(1, share));
        return new Color((int) (from.getRed() + (to.getRed() - from.getRed()) * part),
                (int) (from.getGreen() + (to.getGreen() - from.getGreen()) * part),
                (int) (from.getBlue() + (to.getBlue() - from.getBlue()) * part));
    }

}
