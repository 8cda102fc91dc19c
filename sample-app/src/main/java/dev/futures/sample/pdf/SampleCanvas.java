// SPDX-License-Identifier: Apache-2.0
package dev.futures.sample.pdf;

import java.awt.Color;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;

/**
 * A new A4 page to draw on.
 */
class SampleCanvas implements AutoCloseable {

    static final Color INK = new Color(0x22303C);

    static final Color TEAL = new Color(0x1F6F78);

    static final Color SAND = new Color(0xE9DFC9);

    static final Color CORAL = new Color(0xD9694A);

    static final float WIDTH = PDRectangle.A4.getWidth();

    static final float HEIGHT = PDRectangle.A4.getHeight();

    static final float MARGIN = 72;

    static final FontName SERIF = FontName.TIMES_ROMAN;

    static final FontName SERIF_ITALIC = FontName.TIMES_ITALIC;

    static final FontName SANS = FontName.HELVETICA;

    static final FontName SANS_BOLD = FontName.HELVETICA_BOLD;

    private static final float LINE_HEIGHT = 1.45f;

    private final Map<FontName, PDFont> fonts = new EnumMap<>(FontName.class);

    private final PDPage page;

    private final PDPageContentStream stream;

    SampleCanvas(PDDocument document) throws IOException {
        this.page = new PDPage(PDRectangle.A4);
        document.addPage(this.page);
        this.stream = new PDPageContentStream(document, this.page);
    }

    PDPage page() {
        return this.page;
    }

    void text(FontName font, float size, Color color, float x, float y, String text) throws IOException {
        this.stream.beginText();
        this.stream.setFont(font(font), size);
        this.stream.setNonStrokingColor(color);
        this.stream.newLineAtOffset(x, y);
        this.stream.showText(text);
        this.stream.endText();
    }

    float paragraph(FontName font, float size, float y, String text) throws IOException {
        float baseline = y;
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (width(font, size, line + " " + word) > WIDTH - 2 * MARGIN) {
                text(font, size, INK, MARGIN, baseline, line.toString());
                baseline -= size * LINE_HEIGHT;
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        text(font, size, INK, MARGIN, baseline, line.toString());
        return baseline - size * LINE_HEIGHT * 1.5f;
    }

    void centered(FontName font, float size, Color color, float y, String text) throws IOException {
        text(font, size, color, (WIDTH - width(font, size, text)) / 2, y, text);
    }

    void rectangle(Color color, float x, float y, float width, float height) throws IOException {
        this.stream.setNonStrokingColor(color);
        this.stream.addRect(x, y, width, height);
        this.stream.fill();
    }

    void line(Color color, float thickness, float... points) throws IOException {
        this.stream.setStrokingColor(color);
        this.stream.setLineWidth(thickness);
        this.stream.moveTo(points[0], points[1]);
        for (int i = 2; i < points.length; i += 2) {
            this.stream.lineTo(points[i], points[i + 1]);
        }
        this.stream.stroke();
    }

    void polygon(Color color, float... points) throws IOException {
        this.stream.setNonStrokingColor(color);
        this.stream.moveTo(points[0], points[1]);
        for (int i = 2; i < points.length; i += 2) {
            this.stream.lineTo(points[i], points[i + 1]);
        }
        this.stream.closePath();
        this.stream.fill();
    }

    void image(PDImageXObject image, float x, float y, float width, float height) throws IOException {
        this.stream.drawImage(image, x, y, width, height);
    }

    @Override
    public void close() throws IOException {
        this.stream.close();
    }

    private PDFont font(FontName name) {
        return this.fonts.computeIfAbsent(name, PDType1Font::new);
    }

    private float width(FontName font, float size, String text) throws IOException {
        return font(font).getStringWidth(text) / 1000 * size;
    }

}
