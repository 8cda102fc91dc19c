// SPDX-License-Identifier: Apache-2.0
package dev.futures.sample.pdf;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.AffineTransform;
import java.io.IOException;

import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.image.PDImage;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.rendering.PageDrawer;
import org.apache.pdfbox.rendering.PageDrawerParameters;

/**
 * Renders pages as thumbnails. The bitmap of a page is never larger than its thumbnail,
 * and images of a page are decoded at about the size at which they are shown.
 */
class PageThumbnails {

    private final Renderer renderer;

    PageThumbnails(PDDocument document) {
        this.renderer = new Renderer(document);
        this.renderer.setSubsamplingAllowed(true);
    }

    byte[] render(int index, PDPage page) throws IOException {
        PDRectangle box = page.getCropBox();
        boolean turned = page.getRotation() % 180 != 0;
        float width = turned ? box.getHeight() : box.getWidth();
        float height = turned ? box.getWidth() : box.getHeight();
        float scale = Thumbnail.scale(width, height);
        return Thumbnail.encode(this.renderer.renderImage(index, scale, ImageType.RGB));
    }

    private static final class Renderer extends PDFRenderer {

        Renderer(PDDocument document) {
            super(document);
        }

        @Override
        protected PageDrawer createPageDrawer(PageDrawerParameters parameters) throws IOException {
            PageDrawer drawer = new Drawer(parameters);
            drawer.setAnnotationFilter(getAnnotationsFilter());
            return drawer;
        }

    }

    private static final class Drawer extends PageDrawer {

        Drawer(PageDrawerParameters parameters) throws IOException {
            super(parameters);
        }

        @Override
        public void drawImage(PDImage image) throws IOException {
            if (ImageMemory.fits(image, subsampling(image))) {
                super.drawImage(image);
            }
            else if (!image.isStencil()) {
                // a stencil would hide what is below it
                drawGreyBox();
            }
        }

        private int subsampling(PDImage image) {
            return getSubsampling(image, imageTransform());
        }

        private AffineTransform imageTransform() {
            return getGraphicsState().getCurrentTransformationMatrix().createAffineTransform();
        }

        @Override
        protected int getSubsampling(PDImage image, AffineTransform transform) {
            return ImageMemory.subsampling(image, transform, getGraphics().getTransform());
        }

        private void drawGreyBox() {
            Graphics2D graphics = getGraphics();
            graphics.setColor(new Color(0xD5D2CC));
            graphics.fill(imageTransform().createTransformedShape(new Rectangle(1, 1)));
        }

    }

}
