// SPDX-License-Identifier: Apache-2.0
package dev.futures.sample.pdf;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link PageFiles}.
 */
class PageFilesTests {

    @TempDir
    Path directory;

    private PageFiles files;

    @BeforeEach
    void createFiles() {
        this.files = new PageFiles(this.directory);
    }

    @Test
    void nothingIsDoneBeforeThePageCountIsKnown() throws IOException {
        assertThat(this.files.pageCount()).isEmpty();
        assertThat(this.files.pagesDone()).isZero();
    }

    @Test
    void pagesDoneAreCountedAsTheyCome() throws IOException {
        this.files.writePageCount(7);
        assertThat(this.files.pagesDone()).isZero();
        for (int page = 1; page <= 7; page++) {
            this.files.writeText(page, "text");
            assertThat(this.files.pagesDone()).isEqualTo(page - 1);
            this.files.writeThumbnail(page, new byte[0]);
            assertThat(this.files.pagesDone()).isEqualTo(page);
        }
    }

    @Test
    void aFileIsReplacedWhenADocumentIsInspectedAgain() throws IOException {
        this.files.writeText(1, "before");
        this.files.writeText(1, "after");
        assertThat(this.files.text(1)).hasContent("after");
        assertThat(this.directory).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void namesHaveFourDigitsAndMore() {
        assertThat(this.files.thumbnail(7)).isEqualTo(this.directory.resolve("page-0007.png"));
        assertThat(this.files.text(12_345)).isEqualTo(this.directory.resolve("page-12345.txt"));
    }

}
