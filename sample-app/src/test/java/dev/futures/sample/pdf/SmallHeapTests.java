// SPDX-License-Identifier: Apache-2.0
package dev.futures.sample.pdf;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.imageio.ImageIO;

import org.apache.pdfbox.pdmodel.graphics.image.JPEGFactory;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that documents full of images are read with the heap of a worker.
 */
class SmallHeapTests {

    private static final int WHITE = 0xFFFFFFFF;

    private static final int LEFT_OUT = 0xFFD5D2CC;

    @TempDir
    Path directory;

    @Test
    void imagesThatWouldNotFitIntoTheHeapDoNotExhaustIt() throws Exception {
        Path pdf = this.directory.resolve("images.pdf");
        BufferedImage large = new BufferedImage(9000, 9000, BufferedImage.TYPE_BYTE_GRAY);
        TestPdfs.write(pdf, TestPdfs.image((document) -> JPEGFactory.createFromImage(document, large)),
                TestPdfs.image(TestPdfs::hugeLosslessImage), TestPdfs.image((document) -> LosslessFactory
                    .createFromImage(document, new BufferedImage(4000, 4000, BufferedImage.TYPE_INT_RGB))));
        assertThat(inspectInSmallHeap(pdf)).isEqualTo("pages 3, failed 0");
        assertThat(colorInTheMiddle(1)).isNotIn(WHITE, LEFT_OUT);
        assertThat(colorInTheMiddle(2)).isEqualTo(LEFT_OUT);
        assertThat(colorInTheMiddle(3)).isNotIn(WHITE, LEFT_OUT);
    }

    private String inspectInSmallHeap(Path pdf) throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path log = this.directory.resolve("log");
        Process process = new ProcessBuilder(java.toString(), "-Xmx256m", "-cp", System.getProperty("java.class.path"),
                SmallHeapTests.class.getName(), pdf.toString(), this.directory.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
        assertThat(process.waitFor()).as(() -> log.toUri().toString()).isZero();
        return Files.readString(this.directory.resolve("result"));
    }

    private int colorInTheMiddle(int page) throws IOException {
        BufferedImage image = ImageIO.read(new PageFiles(this.directory).thumbnail(page).toFile());
        return image.getRGB(image.getWidth() / 2, image.getHeight() * 2 / 3);
    }

    /**
     * Inspects a document in a JVM of its own.
     * @param arguments the document and the output directory
     * @throws Exception if the document cannot be inspected
     */
    public static void main(String[] arguments) throws Exception {
        Inspection inspection = new PdfInspector().inspect(Path.of(arguments[0]), Path.of(arguments[1]));
        Files.writeString(Path.of(arguments[1], "result"),
                "pages " + inspection.pages() + ", failed " + inspection.failedPages());
    }

}
