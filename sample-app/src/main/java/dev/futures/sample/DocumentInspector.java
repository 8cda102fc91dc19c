// SPDX-License-Identifier: Apache-2.0

package dev.futures.sample;

import java.io.File;
import java.io.IOException;

import dev.futures.Future;
import dev.futures.Futures;
import dev.futures.sample.pdf.Inspection;
import dev.futures.sample.pdf.PdfInspector;
import dev.futures.sample.pdf.UnreadableDocumentException;
import dev.futures.spring.SubmitAsync;

import org.springframework.stereotype.Component;

/**
 * Inspects documents in worker processes. The worker makes a bean of this class for
 * itself, so there is nothing here that belongs to the web application.
 */
@Component
public class DocumentInspector {

    private final PdfInspector inspector = new PdfInspector();

    /**
     * Renders all pages of a document and extracts their text.
     * @param name the name of the document, a mere label
     * @param pdf the document
     * @param results an existing directory for the results; paths travel as {@link File},
     * since {@link java.nio.file.Path} is not serializable
     * @param started says that the task has begun
     * @return what was found, or why the document cannot be read
     */
    @SubmitAsync(executor = "inspection", name = "inspect #{#name}")
    public Future<Inspection> inspect(String name, File pdf, File results, StartMark started) {
        started.set();
        try {
            return Futures.completed(this.inspector.inspect(pdf.toPath(), results.toPath()));
        }
        catch (UnreadableDocumentException | IOException | InterruptedException ex) {
            return Futures.failed(ex);
        }
    }

}
