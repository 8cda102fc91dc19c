// SPDX-License-Identifier: Apache-2.0

package dev.futures.sample;

import java.io.IOException;
import java.util.List;

import dev.futures.Future;
import dev.futures.Futures;
import dev.futures.QueueFullException;
import dev.futures.sample.pdf.SampleDocuments;
import dev.futures.spring.SubmitAsync;

import org.springframework.stereotype.Component;

/**
 * Makes and submits the sample documents, which takes longer than a web request should
 * hold a thread.
 */
@Component
class SampleIntake {

    private final DocumentReception reception;

    SampleIntake(DocumentReception reception) {
        this.reception = reception;
    }

    /** Returns the documents, or why they were not accepted. */
    @SubmitAsync(executor = "intake", name = "make samples")
    Future<List<DocumentView>> submitSamples() {
        try {
            List<Upload> uploads = SampleDocuments.all().stream().map(Upload::of).toList();
            return Futures.completed(this.reception.receive(uploads).stream().map(Document::view).toList());
        }
        catch (IOException | QueueFullException ex) {
            return Futures.failed(ex);
        }
    }

}
