// SPDX-License-Identifier: Apache-2.0
package dev.futures.sample.pdf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.OptionalInt;

/**
 * The files one inspection leaves in its output directory. A file appears whole or not at
 * all, so they can be read while the inspection still runs, and after it was killed.
 *
 * @param directory the output directory of the inspection
 */
public record PageFiles(Path directory) {

    private static final String PAGE_COUNT = "page-count";

    /**
     * The thumbnail of a page. It is the last file written for a page: where it exists,
     * the page is done.
     * @param page the page number, from 1
     * @return the path of the PNG file, which may not exist yet
     */
    public Path thumbnail(int page) {
        return this.directory.resolve("page-%04d.png".formatted(page));
    }

    /**
     * The text of a page.
     * @param page the page number, from 1
     * @return the path of the UTF-8 text file, which may not exist yet
     */
    public Path text(int page) {
        return this.directory.resolve("page-%04d.txt".formatted(page));
    }

    /**
     * The number of pages of the document.
     * @return the number, or empty while it is not known
     * @throws IOException if the number cannot be read
     */
    public OptionalInt pageCount() throws IOException {
        try {
            String text = Files.readString(this.directory.resolve(PAGE_COUNT), StandardCharsets.US_ASCII);
            return OptionalInt.of(Integer.parseInt(text.strip()));
        }
        catch (NoSuchFileException ex) {
            return OptionalInt.empty();
        }
    }

    /**
     * The number of pages that are done. Pages are done in order, hence a handful of
     * look-ups suffice whatever the length of the document.
     * @return the number of pages with a thumbnail
     * @throws IOException if the number of pages cannot be read
     */
    public int pagesDone() throws IOException {
        int done = 0;
        int undone = pageCount().orElse(0) + 1;
        while (undone - done > 1) {
            int middle = (done + undone) >>> 1;
            if (Files.exists(thumbnail(middle))) {
                done = middle;
            }
            else {
                undone = middle;
            }
        }
        return done;
    }

    void writePageCount(int pages) throws IOException {
        write(this.directory.resolve(PAGE_COUNT), Integer.toString(pages).getBytes(StandardCharsets.US_ASCII));
    }

    void writeText(int page, String text) throws IOException {
        write(text(page), text.getBytes(StandardCharsets.UTF_8));
    }

    void writeThumbnail(int page, byte[] png) throws IOException {
        write(thumbnail(page), png);
    }

    private void write(Path file, byte[] content) throws IOException {
        Path unfinished = file.resolveSibling("." + file.getFileName() + ".part");
        Files.write(unfinished, content);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

}
