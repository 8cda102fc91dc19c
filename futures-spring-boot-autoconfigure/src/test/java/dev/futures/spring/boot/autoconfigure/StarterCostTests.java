// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.futures.process.ProcessPoolExecutor;
import dev.futures.thread.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application pays for pools that it does not use.
 */
class StarterCostTests {

    @Test
    void untilItIsUsedAPoolCostsNoThreadAndNoProcess(@TempDir Path directory) throws Exception {
        String output = ChildJvm.run(directory, List.of("-cp", ChildJvm.classPath()), Main.class);
        assertThat(output).contains("after the start: threads [] processes 0")
            .contains("with pools: threads [] processes 0")
            .contains("after use: threads [futuresThreadPool_0] processes 0")
            .contains("after the end: threads [] processes 0");
    }

    @Test
    void noClassPathIsScanned() {
        noClasses().should()
            .dependOnClassesThat()
            .haveSimpleNameContaining("ClassPathScanning")
            .orShould()
            .dependOnClassesThat()
            .haveSimpleName("PathMatchingResourcePatternResolver")
            .orShould()
            .beMetaAnnotatedWith("org.springframework.context.annotation.ComponentScan")
            .check(new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.futures.spring"));
    }

    static class Main {

        private static final Set<String> before = threads();

        public static void main(String[] arguments) throws Exception {
            Thread worker;
            try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(
                    FuturesAutoConfiguration.class, LifecycleAutoConfiguration.class)) {
                print("after the start");
                ThreadPoolExecutor threads = context.getBean(ThreadPoolExecutor.class);
                assertThat(context.getBean(ProcessPoolExecutor.class)).isNotNull();
                print("with pools");
                worker = threads.submit(Thread::currentThread).result();
                print("after use");
            }
            worker.join(60_000);
            print("after the end");
        }

        private static void print(String when) {
            Set<String> threads = threads();
            threads.removeAll(before);
            System.out
                .println(when + ": threads " + threads + " processes " + ProcessHandle.current().children().count());
        }

        /** But for those that any JVM starts when it likes. */
        private static Set<String> threads() {
            return Thread.getAllStackTraces()
                .keySet()
                .stream()
                .filter((thread) -> thread.getThreadGroup() != null
                        && !thread.getThreadGroup().getName().equals("system"))
                .map(Thread::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        }

    }

}
