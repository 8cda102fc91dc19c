// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that Spring Boot's development tools restart: its classes are loaded
 * anew, its pools with it.
 */
class DevToolsTests {

    @Test
    void aRestartReplacesPoolsAndLeavesNeitherThreadNorProcess(@TempDir Path directory) throws Exception {
        String output = ChildJvm.run(directory, List.of("-cp", ChildJvm.classPath()), DevToolsApplication.class,
                "--spring.main.web-application-type=none", "--futures.thread-pools.pool-of-threads.max-workers=1",
                "--futures.process-pools.pool-of-processes.max-workers=1",
                "--futures.process-pools.pool-of-processes.max-heap=64MB");
        for (int start = 1; start <= DevToolsApplication.STARTS; start++) {
            assertThat(output).contains("start " + start + " by RestartClassLoader",
                    "start " + start + " old threads 0 old workers 0",
                    "start " + start + " answers thread1 process1 same class true",
                    "start " + start + " new threads true new workers true");
        }
        assertThat(output).contains("end old threads 0 old workers 0");
    }

}
