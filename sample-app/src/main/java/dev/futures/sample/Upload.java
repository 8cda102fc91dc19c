// SPDX-License-Identifier: Apache-2.0

package dev.futures.sample;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;

import dev.futures.sample.pdf.SampleDocument;

import org.springframework.web.multipart.MultipartFile;

/**
 * A file on its way into the application.
 *
 * @param name what to call it
 * @param size its size in bytes
 * @param content writes it to a file that does not exist yet
 */
record Upload(String name, long size, Content content) {

    /** An upload that is gone when its request ends, and hence is moved before. */
    static Upload of(MultipartFile file) {
        return new Upload(FileLabel.of(file.getOriginalFilename()), file.getSize(), file::transferTo);
    }

    static Upload of(SampleDocument sample) {
        return new Upload(sample.fileName(), sample.content().length,
                (target) -> Files.write(target.toPath(), sample.content()));
    }

    /** What to write. */
    @FunctionalInterface
    interface Content {

        void writeTo(File target) throws IOException;

    }

}
