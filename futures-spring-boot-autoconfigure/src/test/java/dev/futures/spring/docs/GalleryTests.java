// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.docs;

import java.time.Duration;

import dev.futures.Future;
import dev.futures.TaskOptions;
import dev.futures.TaskTimeoutException;
import dev.futures.test.ManualExecutor;
import org.junit.jupiter.api.Test;

import static dev.futures.test.FuturesAssertions.assertThat;

/**
 * The example of a manual executor in docs/spring.md.
 */
class GalleryTests {

    // tag::manual[]
    @Test
    void previewsArePrepared() {
        ManualExecutor isolated = new ManualExecutor();
        Future<String> preview = new Gallery(isolated).preview(new Page("one", false, false));
        assertThat(preview).isPending();
        isolated.runAll();
        assertThat(preview).hasResult("preview of one");
    }

    @Test
    void nobodyWaitsForLong() {
        ManualExecutor mail = new ManualExecutor();
        Future<Integer> sent = mail.submit(() -> 1, TaskOptions.none().withQueueTimeLimit(Duration.ofSeconds(5)));
        mail.advance(Duration.ofSeconds(6)); // without waiting
        assertThat(sent).failedWith(TaskTimeoutException.class);
    }
    // end::manual[]

}
