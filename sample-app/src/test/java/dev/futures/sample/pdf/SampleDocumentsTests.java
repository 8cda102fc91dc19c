// SPDX-License-Identifier: Apache-2.0
package dev.futures.sample.pdf;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link SampleDocuments}.
 */
class SampleDocumentsTests {

    private static final List<SampleDocument> SAMPLES = SampleDocuments.all();

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({ "letter.pdf, 1, harbour maps", "annual-report.pdf, 12, Annual report",
            "almanac-40-pages.pdf, 40, Week 1", "membership-form.pdf, 1, Card number" })
    void readableSamplesAreRead(String fileName, int pages, String text) throws Exception {
        Inspection inspection = inspect(fileName);
        assertThat(inspection.pages()).isEqualTo(pages);
        assertThat(inspection.failedPages()).isZero();
        assertThat(inspection.title()).isNotBlank();
        assertThat(new PageFiles(this.directory).text(1)).content().contains(text);
    }

    @ParameterizedTest
    @CsvSource({ "damaged-download.pdf, the document is damaged",
            "password-protected.pdf, the document is protected by a password" })
    void otherSamplesFailWithAPlainMessage(String fileName, String message) {
        assertThatExceptionOfType(UnreadableDocumentException.class).isThrownBy(() -> inspect(fileName))
            .withMessageStartingWith(message);
    }

    @Test
    void samplesAreSmall() {
        assertThat(SAMPLES).hasSize(6).allSatisfy((sample) -> assertThat(sample.content()).hasSizeLessThan(1 << 20));
    }

    private Inspection inspect(String fileName) throws Exception {
        SampleDocument sample = SAMPLES.stream()
            .filter((each) -> each.fileName().equals(fileName))
            .findAny()
            .orElseThrow();
        Path pdf = Files.write(this.directory.resolve(fileName), sample.content());
        return new PdfInspector().inspect(pdf, this.directory);
    }

}
