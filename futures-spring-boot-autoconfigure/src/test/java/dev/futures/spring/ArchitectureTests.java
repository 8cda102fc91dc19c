// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * The structure of this module.
 */
class ArchitectureTests {

    private static final JavaClasses CLASSES = new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages("dev.futures.spring");

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("dev.futures.spring.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void whatRunsInAChildKnowsNothingOfTheRest() {
        noClasses().that()
            .resideInAPackage("dev.futures.spring.worker")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.futures.spring", "dev.futures.spring.boot..")
            .check(CLASSES);
    }

    @Test
    void onlyWhatIsLoadedWithReactorNeedsIt() {
        noClasses().that()
            .resideInAnyPackage("dev.futures.spring", "dev.futures.spring.worker")
            .and()
            .haveSimpleNameNotStartingWith("Mono")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("reactor..")
            .check(CLASSES);
    }

    @Test
    void autoConfigurationsAreFinalWithoutPublicMembers() {
        classes().that()
            .areAnnotatedWith(AutoConfiguration.class)
            .should()
            .haveModifier(JavaModifier.FINAL)
            .andShould(haveNoPublicMethods())
            .check(CLASSES);
    }

    @Test
    void beanPostProcessorsAreDeclaredByStaticMethods() {
        methods().that()
            .areAnnotatedWith(Bean.class)
            .and()
            .haveRawReturnType(JavaClass.Predicates.assignableTo(BeanPostProcessor.class))
            .should()
            .beStatic()
            .check(CLASSES);
    }

    private static ArchCondition<JavaClass> haveNoPublicMethods() {
        return new ArchCondition<>("have no public methods") {

            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (JavaMethod method : type.getMethods()) {
                    if (method.getModifiers().contains(JavaModifier.PUBLIC)) {
                        events.add(SimpleConditionEvent.violated(method, method.getFullName() + " is public"));
                    }
                }
            }

        };
    }

}
