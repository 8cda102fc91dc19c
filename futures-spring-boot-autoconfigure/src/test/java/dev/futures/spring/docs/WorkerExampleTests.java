// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.docs;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the examples of beans in worker processes in docs/spring.md.
 */
class WorkerExampleTests {

    @Test
    void whatABeanNeedsIsInTheWorker() {
        Examples.runner("pools.yaml")
            .withUserConfiguration(DocumentConfiguration.class)
            .run((context) -> assertThat(context.getBean(DocumentInspector.class).countPages(new byte[200]).result())
                .isEqualTo(100));
    }

    @Test
    void theWorkerHasTheConfigurationAndPropertiesOfItsPool() {
        Examples.runner("worker.yaml")
            .withUserConfiguration(DocumentConfiguration.class)
            .run((context) -> assertThat(context.getBean(DocumentInspector.class).countPages(new byte[200]).result())
                .isEqualTo(20));
    }

}
