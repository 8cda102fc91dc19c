// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.util.List;

import dev.futures.Executor;
import dev.futures.thread.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that believes to be a native image, which reads a system property when
 * it starts.
 */
class NativeImageTests {

    @TempDir
    private Path directory;

    @Test
    void aConfiguredProcessPoolIsRefusedAtStartUp() throws Exception {
        assertThat(start("futures.process-pools.documents.max-workers=1"))
            .contains("refused: The process pool 'documents' cannot be made: an application that is a native image")
            .contains("action: Remove 'futures.process-pools.documents' and use a thread pool");
    }

    @Test
    void thereIsNoDefaultProcessPool() throws Exception {
        assertThat(start("futures.thread-pools.reports.max-workers=1")).contains("started: 1")
            .contains("executors: [reports]")
            .doesNotContain("refused");
        assertThat(start("futures.inline=false")).contains("executors: [futuresThreadPool]");
    }

    private String start(String property) throws Exception {
        return ChildJvm.run(this.directory,
                List.of("-Dorg.graalvm.nativeimage.imagecode=runtime", "-cp", ChildJvm.classPath()), Main.class,
                property);
    }

    static class Main {

        public static void main(String[] arguments) throws Exception {
            try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
                TestPropertyValues.of(arguments).applyTo(context);
                context.register(FuturesAutoConfiguration.class);
                context.refresh();
                System.out.println("started: " + context.getBean(ThreadPoolExecutor.class).submit(() -> 1).result());
                System.out.println("executors: " + context.getBeansOfType(Executor.class).keySet());
            }
            catch (RuntimeException ex) {
                Throwable cause = ex;
                while (cause.getCause() != null) {
                    cause = cause.getCause();
                }
                System.out.println("refused: " + cause.getMessage());
                System.out.println("action: " + new InvalidPoolFailureAnalyzer().analyze(ex).getAction());
            }
        }

    }

}
