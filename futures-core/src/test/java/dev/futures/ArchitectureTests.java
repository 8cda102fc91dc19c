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
        noClasses().that()
            .resideInAPackage("dev.futures")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.futures.pool..", "dev.futures.thread..", "dev.futures.process..")
            .check(main);
    }

    @Test
    void theEngineDoesNotKnowWhereTasksRun() {
        noClasses().that()
            .resideInAPackage("dev.futures.pool")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.futures.thread..", "dev.futures.process..")
            .check(main);
    }

    @Test
    void threadsAndProcessesDoNotKnowEachOther() {
        noClasses().that()
            .resideInAPackage("dev.futures.thread")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.futures.process..")
            .check(main);
        noClasses().that()
            .resideInAPackage("dev.futures.process")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.futures.thread..")
            .check(main);
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
