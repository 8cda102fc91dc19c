// SPDX-License-Identifier: Apache-2.0
package dev.futures.sample.pdf;

import java.io.IOException;

import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageTree;
import org.apache.pdfbox.text.PDFTextStripper;

/**
 * Extracts the text of single pages, without walking the whole document for each of them
 * as a page range would.
 */
class PageText extends PDFTextStripper {

    private final PDDocument source;

    private PDPage page = new PDPage();

    PageText(PDDocument source) {
        this.source = source;
        setLineSeparator("\n");
        setPageEnd("");
    }

    String read(PDPage page) throws IOException {
        this.page = page;
        return getText(this.source).strip();
    }

    @Override
    protected void processPages(PDPageTree pages) throws IOException {
        if (this.page.hasContents()) {
            processPage(this.page);
        }
    }

}
