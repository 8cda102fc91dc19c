// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Trampoline}.
 */
class TrampolineTests {

    private final Trampoline trampoline = new Trampoline();

    private final List<String> log = new ArrayList<>();

    @Test
    void whatAnActionLeadsToRunsAfterItAndBeforeTheCallReturns() {
        this.trampoline.run(() -> {
            this.trampoline.run(() -> this.log.add("second"));
            this.log.add("first");
        });
        this.log.add("third");
        assertThat(this.log).containsExactly("first", "second", "third");
    }

    @Test
    void anExceptionOfOneDoesNotLoseTheOthers() {
        this.trampoline.run(() -> {
            this.trampoline.run(() -> {
                throw new IllegalStateException("meant by the test");
            });
            this.trampoline.run(() -> this.log.add("other"));
            throw new StackOverflowError("meant by the test");
        });
        assertThat(this.log).containsExactly("other");
        this.trampoline.run(() -> this.log.add("next"));
        assertThat(this.log).containsExactly("other", "next");
    }

}
