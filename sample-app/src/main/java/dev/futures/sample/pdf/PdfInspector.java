// SPDX-License-Identifier: Apache-2.0
package dev.futures.sample.pdf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.imageio.ImageIO;

import dev.futures.TaskContext;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.io.RandomAccessStreamCache.StreamCacheCreateFunction;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.jspecify.annotations.Nullable;

/**
 * Renders a thumbnail of every page of a PDF file and extracts its text.
 * <p>
 * Results are written page by page, see {@link PageFiles}. The heap needed does not grow
 * with the file: it is read in place, what must be buffered goes to a scratch file in the
 * output directory, and images too large to decode are left out of the thumbnail. A
 * hostile document can still use up the heap or never end, which is why this belongs in a
 * process that can be killed. As a task of an executor it reports how many pages are
 * done.
 */
public class PdfInspector {

    private static final long BUFFER_BYTES = 16L << 20;

    private static final int HEADER_BYTES = 1024;

    private static final int MAX_METADATA_CHARACTERS = 200;

    static {
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
        // a killed process would leave the cache files of ImageIO behind
        ImageIO.setUseCache(false);
    }

    /**
     * Inspects a document.
     * @param pdf the file to read
     * @param outputDirectory an existing directory for the results, one per document
     * @return what was found
     * @throws UnreadableDocumentException if the file is not a PDF that can be read
     * @throws IOException if the file or the output directory cannot be accessed
     * @throws InterruptedException if the thread was interrupted; the pages done so far
     * stay in the output directory
     */
    public Inspection inspect(Path pdf, Path outputDirectory)
            throws UnreadableDocumentException, IOException, InterruptedException {
        checkHeader(pdf);
        try (PDDocument document = open(pdf, outputDirectory)) {
            return new Run(document, pagesOf(document), new PageFiles(outputDirectory)).inspect();
        }
        catch (IOException ex) {
            // an interrupt closes the file under the reader's feet
            throwIfInterrupted();
            throw ex;
        }
    }

    private static void checkHeader(Path pdf) throws IOException, UnreadableDocumentException {
        byte[] header;
        try (var input = Files.newInputStream(pdf)) {
            header = input.readNBytes(HEADER_BYTES);
        }
        if (header.length == 0) {
            throw new UnreadableDocumentException("the file is empty");
        }
        if (!new String(header, StandardCharsets.ISO_8859_1).contains("%PDF-")) {
            throw new UnreadableDocumentException("the file is not a PDF document");
        }
    }

    private static PDDocument open(Path pdf, Path scratchDirectory)
            throws UnreadableDocumentException, InterruptedException {
        StreamCacheCreateFunction cache = MemoryUsageSetting.setupMixed(BUFFER_BYTES)
            .setTempDir(scratchDirectory.toFile()).streamCache;
        try {
            return Loader.loadPDF(pdf.toFile(), cache);
        }
        catch (InvalidPasswordException ex) {
            throw new UnreadableDocumentException("the document is protected by a password");
        }
        catch (IOException | RuntimeException | StackOverflowError ex) {
            throwIfInterrupted();
            throw damaged(ex);
        }
    }

    private static List<PDPage> pagesOf(PDDocument document) throws UnreadableDocumentException {
        List<PDPage> pages = new ArrayList<>();
        try {
            document.getPages().forEach(pages::add);
        }
        catch (RuntimeException | StackOverflowError ex) {
            throw damaged(ex);
        }
        if (pages.isEmpty()) {
            throw new UnreadableDocumentException("the document has no pages");
        }
        return pages;
    }

    private static UnreadableDocumentException damaged(Throwable failure) {
        return new UnreadableDocumentException(
                "the document is damaged and cannot be read (" + describe(failure) + ")");
    }

    private static String describe(Throwable failure) {
        if (failure instanceof StackOverflowError) {
            return "its contents are nested too deeply";
        }
        String message = failure.getMessage();
        return (message != null && !message.isBlank()) ? message : failure.getClass().getSimpleName();
    }

    private static void throwIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("the inspection was interrupted");
        }
    }

    /** One inspection of one open document. */
    private static final class Run {

        private final PDDocument document;

        private final List<PDPage> pages;

        private final PageFiles files;

        private final PageThumbnails thumbnails;

        private final PageText text;

        private int failedPages;

        private long textCharacters;

        Run(PDDocument document, List<PDPage> pages, PageFiles files) {
            this.document = document;
            this.pages = pages;
            this.files = files;
            this.thumbnails = new PageThumbnails(document);
            this.text = new PageText(document);
        }

        Inspection inspect() throws IOException, InterruptedException {
            int count = this.pages.size();
            this.files.writePageCount(count);
            TaskContext task = TaskContext.current();
            for (int page = 1; page <= count; page++) {
                throwIfInterrupted();
                inspect(page);
                task.progress((double) page / count, page + " of " + count + " pages");
            }
            return new Inspection(count, metadata("Title"), metadata("Author"), this.failedPages, this.textCharacters);
        }

        private void inspect(int page) throws IOException, InterruptedException {
            List<String> failures = new ArrayList<>();
            String pageText = readText(page, failures);
            byte[] thumbnail = renderThumbnail(page, failures);
            this.textCharacters += pageText.length();
            this.failedPages += failures.isEmpty() ? 0 : 1;
            failures.add(pageText);
            this.files.writeText(page, String.join("\n\n", failures));
            this.files.writeThumbnail(page, thumbnail);
        }

        private String readText(int page, List<String> failures) throws InterruptedException {
            try {
                return this.text.read(this.pages.get(page - 1));
            }
            catch (IOException | RuntimeException | StackOverflowError ex) {
                throwIfInterrupted();
                failures.add("[The text of this page cannot be read: " + describe(ex) + "]");
                return "";
            }
        }

        private byte[] renderThumbnail(int page, List<String> failures) throws IOException, InterruptedException {
            try {
                return this.thumbnails.render(page - 1, this.pages.get(page - 1));
            }
            catch (IOException | RuntimeException | StackOverflowError ex) {
                throwIfInterrupted();
                failures.add("[This page cannot be shown: " + describe(ex) + "]");
                return Thumbnail.placeholder(page, "cannot be shown");
            }
        }

        private @Nullable String metadata(String key) {
            try {
                String value = this.document.getDocumentInformation().getCustomMetadataValue(key);
                String clean = (value != null) ? value.replaceAll("[\\p{Cntrl}\\s]+", " ").strip() : "";
                String cut = clean.substring(0, Math.min(clean.length(), MAX_METADATA_CHARACTERS));
                return cut.isEmpty() ? null : cut;
            }
            catch (RuntimeException ex) {
                return null;
            }
        }

    }

}
