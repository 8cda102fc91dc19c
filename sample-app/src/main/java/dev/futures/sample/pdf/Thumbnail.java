// SPDX-License-Identifier: Apache-2.0
package dev.futures.sample.pdf;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * The bounds of thumbnails, and their encoding.
 */
final class Thumbnail {

    static final int MAX_WIDTH = 240;

    static final int MAX_HEIGHT = 340;

    private static final float MAX_SCALE = 4;

    private Thumbnail() {
    }

    static float scale(float width, float height) throws IOException {
        float scale = Math.min(MAX_WIDTH / width, MAX_HEIGHT / height);
        if (!(width > 0) || !(height > 0) || !Float.isFinite(scale) || !(scale > 0)) {
            throw new IOException("its size of " + width + " by " + height + " points makes no sense");
        }
        return Math.min(scale, MAX_SCALE);
    }

    static byte[] encode(BufferedImage image) throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(png)) {
            if (!ImageIO.write(image, "png", output)) {
                throw new IOException("there is no PNG encoder for this image");
            }
        }
        return png.toByteArray();
    }

    static byte[] placeholder(int page, String message) throws IOException {
        BufferedImage image = new BufferedImage(MAX_WIDTH, MAX_HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setColor(new Color(0xF4F1EC));
            graphics.fillRect(0, 0, MAX_WIDTH, MAX_HEIGHT);
            graphics.setColor(new Color(0x8A3B2A));
            graphics.drawRect(8, 8, MAX_WIDTH - 17, MAX_HEIGHT - 17);
            drawCentered(graphics, "Page " + page, Font.BOLD, MAX_HEIGHT / 2 - 6);
            drawCentered(graphics, message, Font.PLAIN, MAX_HEIGHT / 2 + 18);
        }
        finally {
            graphics.dispose();
        }
        return encode(image);
    }

    private static void drawCentered(Graphics2D graphics, String text, int style, int y) {
        graphics.setFont(new Font(Font.SANS_SERIF, style, 16));
        graphics.drawString(text, (MAX_WIDTH - graphics.getFontMetrics().stringWidth(text)) / 2, y);
    }

}
