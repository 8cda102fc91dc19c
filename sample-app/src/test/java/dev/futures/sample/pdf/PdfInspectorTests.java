// SPDX-License-Identifier: Apache-2.0
package dev.futures.sample.pdf;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import dev.futures.Future;
import dev.futures.TaskProgress;
import dev.futures.thread.ThreadPoolExecutor;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link PdfInspector}.
 */
class PdfInspectorTests {

    @TempDir
    Path directory;

    private Path pdf;

    private PageFiles files;

    @BeforeEach
    void createOutputDirectory() throws IOException {
        this.pdf = this.directory.resolve("document.pdf");
        this.files = new PageFiles(Files.createDirectory(this.directory.resolve("output")));
    }

    @Test
    void everyPageGetsAThumbnailAndItsText() throws Exception {
        TestPdfs.write(this.pdf, TestPdfs.text("first page"), TestPdfs.text("second page"));
        Inspection inspection = inspect();
        assertThat(inspection.pages()).isEqualTo(2);
        assertThat(inspection.failedPages()).isZero();
        assertThat(inspection.textCharacters()).isEqualTo("first page".length() + "second page".length());
        assertThat(this.files.text(1)).hasContent("first page");
        assertThat(this.files.text(2)).hasContent("second page");
        assertThat(thumbnail(1)).satisfies(PdfInspectorTests::isNotBlank);
        assertThat(thumbnail(1).getWidth()).isBetween(235, Thumbnail.MAX_WIDTH);
        assertThat(thumbnail(1).getHeight()).isBetween(330, Thumbnail.MAX_HEIGHT);
    }

    @Test
    void nothingButTheResultsStaysBehind() throws Exception {
        TestPdfs.write(this.pdf, TestPdfs.text("one"));
        inspect();
        assertThat(names()).containsExactlyInAnyOrder("page-count", "page-0001.txt", "page-0001.png");
        assertThat(this.files.pageCount()).hasValue(1);
    }

    @Test
    void titleAndAuthorAreTidiedUp() throws Exception {
        TestPdfs.write(this.pdf, TestPdfs.text("one"), (document) -> {
            document.getDocumentInformation().setTitle("  a\ntitle\u0000 ");
            document.getDocumentInformation().setAuthor(" ");
        });
        Inspection inspection = inspect();
        assertThat(inspection.title()).isEqualTo("a title");
        assertThat(inspection.author()).isNull();
    }

    @Test
    void aTurnedPageIsShownTurned() throws Exception {
        TestPdfs.write(this.pdf, TestPdfs.page(PDRectangle.A4, 90, "turned"));
        inspect();
        assertThat(thumbnail(1).getWidth()).isBetween(235, Thumbnail.MAX_WIDTH);
        assertThat(thumbnail(1).getHeight()).isBetween(160, 180);
    }

    @Test
    void aGiantPageNeedsNoGiantBitmap() throws Exception {
        TestPdfs.write(this.pdf, TestPdfs.page(new PDRectangle(14_400, 14_400), 0, "giant"),
                TestPdfs.page(new PDRectangle(2_000_000_000, 2_000_000_000), 0, "absurd"));
        assertThat(inspect().failedPages()).isZero();
        assertThat(thumbnail(1).getWidth()).isBetween(235, Thumbnail.MAX_WIDTH);
        assertThat(thumbnail(1)).satisfies(PdfInspectorTests::isNotBlank);
        assertThat(thumbnail(2).getWidth()).isLessThanOrEqualTo(Thumbnail.MAX_WIDTH);
    }

    @Test
    void aPageWithoutASizeGetsAPlaceholder() throws Exception {
        TestPdfs.write(this.pdf, TestPdfs.page(new PDRectangle(0, 0, 0, 500), 0, "flat"), TestPdfs.text("fine"));
        assertThat(inspect().failedPages()).isEqualTo(1);
        assertThat(Files.readString(this.files.text(1))).startsWith("[This page cannot be shown: its size of 0.0 by");
        assertThat(thumbnail(1)).satisfies(PdfInspectorTests::isNotBlank);
        assertThat(this.files.text(2)).hasContent("fine");
    }

    @Test
    void aTinyAndAnExtremelyNarrowPageStayInBounds() throws Exception {
        TestPdfs.write(this.pdf, TestPdfs.page(new PDRectangle(3, 3), 0, "tiny"),
                TestPdfs.page(new PDRectangle(5000, 2), 0, "narrow"));
        assertThat(inspect().failedPages()).isZero();
        assertThat(thumbnail(1).getWidth()).isEqualTo(12);
        assertThat(thumbnail(2).getHeight()).isEqualTo(1);
    }

    @Test
    void anEmptyPageIsBlankButNoFailure() throws Exception {
        TestPdfs.write(this.pdf, (document) -> document.addPage(new PDPage()));
        Inspection inspection = inspect();
        assertThat(inspection.failedPages()).isZero();
        assertThat(inspection.textCharacters()).isZero();
        assertThat(this.files.text(1)).isEmptyFile();
    }

    @Test
    void threeHundredPagesAreRead() throws Exception {
        TestPdfs.write(this.pdf,
                IntStream.rangeClosed(1, 300)
                    .mapToObj((page) -> TestPdfs.text("page number " + page))
                    .toArray(TestPdfs.Content[]::new));
        assertThat(inspect().pages()).isEqualTo(300);
        assertThat(this.files.text(300)).hasContent("page number 300");
        assertThat(this.files.pagesDone()).isEqualTo(300);
    }

    @Test
    void aTaskReportsHowManyPagesAreDone() throws Exception {
        TestPdfs.write(this.pdf, TestPdfs.text("one"), TestPdfs.text("two"), TestPdfs.text("three"));
        List<TaskProgress> reports = new CopyOnWriteArrayList<>();
        try (ThreadPoolExecutor executor = new ThreadPoolExecutor(1)) {
            executor.pause();
            Future<Inspection> inspection = executor.submit(this::inspect);
            inspection.addProgressListener(reports::add);
            executor.resume();
            assertThat(inspection.result(Duration.ofSeconds(60)).pages()).isEqualTo(3);
        }
        assertThat(reports).containsExactly(new TaskProgress(1 / 3.0, "1 of 3 pages"),
                new TaskProgress(2 / 3.0, "2 of 3 pages"), new TaskProgress(1.0, "3 of 3 pages"));
    }

    @Test
    void aFileThatIsNoPdfIsRefused() throws IOException {
        Files.writeString(this.pdf, "Dear diary, this is not a PDF.");
        assertUnreadable("the file is not a PDF document");
    }

    @Test
    void anEmptyFileIsRefused() throws IOException {
        Files.createFile(this.pdf);
        assertUnreadable("the file is empty");
    }

    @Test
    void encryptedDocumentIsRefusedWithAPlainMessage() throws IOException {
        TestPdfs.writeProtected(this.pdf, "sesame");
        assertUnreadable("the document is protected by a password");
    }

    @Test
    void aDocumentThatOnlyItsOwnerMayChangeIsRead() throws Exception {
        TestPdfs.writeProtected(this.pdf, "");
        inspect();
        assertThat(this.files.text(1)).hasContent("secret");
        assertThat(names()).hasSize(3);
    }

    @Test
    void aDocumentWithoutPagesIsRefused() throws IOException {
        TestPdfs.write(this.pdf);
        assertUnreadable("the document has no pages");
    }

    @Test
    void aTruncatedDocumentIsCalledDamaged() throws IOException {
        Path whole = TestPdfs.write(this.directory.resolve("whole.pdf"), TestPdfs.text("one"), TestPdfs.text("two"));
        TestPdfs.truncated(this.pdf, whole);
        assertThatExceptionOfType(UnreadableDocumentException.class).isThrownBy(this::inspect)
            .withMessageStartingWith("the document is damaged and cannot be read (");
    }

    @Test
    void garbageBehindAPdfHeaderIsCalledDamaged() throws IOException {
        Files.writeString(this.pdf, "%PDF-1.7\n" + "garbage ".repeat(1000), StandardCharsets.US_ASCII);
        assertThatExceptionOfType(UnreadableDocumentException.class).isThrownBy(this::inspect)
            .withMessageStartingWith("the document is damaged and cannot be read (");
    }

    @Test
    void aMissingFileIsNotTheFaultOfTheDocument() {
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(this::inspect);
    }

    @Test
    void anInterruptStopsBeforeTheNextPage() throws IOException {
        TestPdfs.write(this.pdf, TestPdfs.text("one"), TestPdfs.text("two"));
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(this::inspect);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(this.files.pagesDone()).isZero();
    }

    private Inspection inspect() throws Exception {
        return new PdfInspector().inspect(this.pdf, this.files.directory());
    }

    private void assertUnreadable(String message) {
        assertThatExceptionOfType(UnreadableDocumentException.class).isThrownBy(this::inspect).withMessage(message);
    }

    private BufferedImage thumbnail(int page) throws IOException {
        return ImageIO.read(this.files.thumbnail(page).toFile());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> list = Files.list(this.files.directory())) {
            return list.map((file) -> file.getFileName().toString()).toList();
        }
    }

    private static void isNotBlank(BufferedImage image) {
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        assertThat(IntStream.of(pixels).distinct().count()).isGreaterThan(1);
    }

}
