// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

class ArchitectureTests {

    private static JavaClasses main;

    @BeforeAll
    static void importMain() {
        main = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.futures");
        assertThat(main.contain(Executor.class)).isTrue();
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("dev.(futures..)").should().beFreeOfCycles().check(main);
    }

    @Test
    void theApiKnowsNoPool() {
        none("dev.futures").of("dev.futures.pool", "dev.futures.serial", "dev.futures.thread", "dev.futures.process",
                "dev.futures.interpreter");
    }

    @Test
    void theEngineDoesNotKnowWhereTasksRun() {
        none("dev.futures.pool").of("dev.futures.serial", "dev.futures.thread", "dev.futures.process",
                "dev.futures.interpreter");
    }

    @Test
    void serializationKnowsNoPool() {
        none("dev.futures.serial").of("dev.futures.pool", "dev.futures.thread", "dev.futures.process",
                "dev.futures.interpreter");
    }

    @Test
    void threadsAndProcessesDoNotKnowEachOther() {
        none("dev.futures.thread").of("dev.futures.serial", "dev.futures.process", "dev.futures.interpreter");
        none("dev.futures.process").of("dev.futures.thread", "dev.futures.interpreter");
    }

    @Test
    void anInterpreterPoolIsAThreadPoolAndSerialization() {
        none("dev.futures.interpreter").of("dev.futures.process");
    }

    private static Dependencies none(String from) {
        return (to) -> noClasses().that()
            .resideInAPackage(from)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(to)
            .check(main);
    }

    private interface Dependencies {

        void of(String... to);

    }

    @Test
    void onlyTheTimerUsesThePoolOfTheJdk() {
        noClasses().that()
            .doNotHaveFullyQualifiedName("dev.futures.pool.TaskTimer")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.concurrent.ThreadPoolExecutor")
            .check(main);
    }

    @Test
    void onlyTheViewIsAnExecutorOfTheJdk() {
        noClasses().that()
            .doNotHaveFullyQualifiedName("dev.futures.ExecutorServiceView")
            .should()
            .beAssignableTo("java.util.concurrent.Executor")
            .check(main);
    }

}
