// SPDX-License-Identifier: Apache-2.0

package dev.futures.pool;

import java.util.ArrayList;
import java.util.List;

import dev.futures.PoolListener.TaskListener;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ItemListeners}.
 */
class ItemListenersTests {

    @Test
    void aStartIsToldOnceHoweverOftenTheTaskIsSent() {
        List<String> told = new ArrayList<>();
        TaskListener listener = new TaskListener() {

            @Override
            public void started(String runner, @Nullable Long pid) {
                told.add(runner);
            }

        };
        ItemListeners listeners = new ItemListeners(new PoolListeners("pool", List.of()),
                new TaskListener[] { null, listener });
        listeners.started(null);
        listeners.started(null);
        assertThat(told).containsExactly(Thread.currentThread().getName());
    }

}
