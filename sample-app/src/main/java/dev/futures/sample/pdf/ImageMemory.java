// SPDX-License-Identifier: Apache-2.0
package dev.futures.sample.pdf;

import java.awt.geom.AffineTransform;
import java.io.IOException;

import org.apache.pdfbox.pdmodel.graphics.image.PDImage;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.jspecify.annotations.Nullable;

/**
 * How much heap it takes to draw an image, judged by what its dictionary says.
 */
final class ImageMemory {

    /** Every n-th pixel suffices for a thumbnail; more would not save much. */
    private static final int MAX_SUBSAMPLING = 32;

    /** A decoded pixel together with the copy that is converted to RGB. */
    private static final int BYTES_PER_BITMAP_PIXEL = 8;

    /** What most of the filters decode to: 4 colour components of 8 bits. */
    private static final int MAX_COMPONENTS = 4;

    private static final int SHARE_OF_HEAP = 3;

    private ImageMemory() {
    }

    static boolean fits(PDImage image, int subsampling) throws IOException {
        // PDFBox draws stencils at full size
        long needed = needed(image, image.isStencil() ? 1 : subsampling);
        if (image instanceof PDImageXObject object) {
            needed += needed(object.getSoftMask(), subsampling) + needed(object.getMask(), subsampling);
        }
        return needed <= Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
    }

    private static long needed(@Nullable PDImage image, int subsampling) {
        if (image == null) {
            return 0;
        }
        long pixels = (long) image.getWidth() * image.getHeight();
        return decodedBytes(image, pixels) + pixels / subsampling / subsampling * BYTES_PER_BITMAP_PIXEL;
    }

    private static long decodedBytes(PDImage image, long pixels) {
        // a JPEG is subsampled while it is decoded, everything else is decoded whole
        return "jpg".equals(image.getSuffix()) ? 0 : pixels * bitsPerPixel(image) / 8;
    }

    private static int bitsPerPixel(PDImage image) {
        int bits = Math.max(1, image.getBitsPerComponent());
        return image.isStencil() ? 1 : bits * components(image);
    }

    private static int components(PDImage image) {
        try {
            return image.getColorSpace().getNumberOfComponents();
        }
        catch (IOException | RuntimeException ex) {
            return MAX_COMPONENTS;
        }
    }

    /**
     * The ratio of image pixels to drawn pixels, as PDFBox computes it, but with no upper
     * limit of 8 and without overflow.
     * @param image the image to draw
     * @param placement where the unit square of the image goes on the page
     * @param device the transformation from page to bitmap
     * @return the ratio, at least 1
     */
    static int subsampling(PDImage image, AffineTransform placement, AffineTransform device) {
        double area = Math.abs(placement.getDeterminant() * device.getDeterminant());
        double ratio = Math.sqrt((double) image.getWidth() * image.getHeight() / area);
        int smallestSide = Math.max(1, Math.min(image.getWidth(), image.getHeight()));
        int limit = Math.min(MAX_SUBSAMPLING, smallestSide);
        return (int) Math.max(1, Math.min(Math.floor(ratio), limit));
    }

}
