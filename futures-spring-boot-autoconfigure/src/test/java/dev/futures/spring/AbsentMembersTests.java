// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring;

import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.futures.Future;
import dev.futures.Futures;
import dev.futures.spring.boot.autoconfigure.FuturesAutoConfiguration;
import dev.futures.spring.support.RecordedLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AbsentMembers}.
 */
class AbsentMembersTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(FuturesAutoConfiguration.class))
        .withPropertyValues("futures.process-pools.documents.max-workers=1",
                "futures.process-pools.documents.max-heap=128MB")
        .withUserConfiguration(Plugins.class);

    @Test
    void aPluginThatIsMadeByAMethodIsMissedInTheParent() {
        try (RecordedLog log = new RecordedLog(SubmitAsync.class)) {
            this.runner.withBean("byList", ByList.class).run((context) -> {
                ByList bean = context.getBean(ByList.class);
                assertThat(bean.count().result()).isEqualTo(1);
                assertThat(context.getBeansOfType(Plugin.class)).hasSize(2);
                context.getBean(SubmitAsyncBeanPostProcessor.class).componentsFor("documents", true);
            });
            assertThat(log.lines()).filteredOn((line) -> line.contains("will not have")).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(classes = { ByList.class, ByMap.class, ByArray.class, BySet.class })
    void itIsSaidWhateverItIsIn(Class<?> type) {
        assertThat(warnings(type, true)).containsExactly("WARN workers of process pool 'documents' will not have");
    }

    @ParameterizedTest
    @ValueSource(classes = { BySingle.class, ByOtherList.class })
    void whatFailsOrIsNotAskedForIsNoneOfItsBusiness(Class<?> type) {
        assertThat(warnings(type, true)).isEmpty();
    }

    @Test
    void configurationClassesSayWhatThereIs() {
        assertThat(warnings(ByList.class, false)).isEmpty();
    }

    private List<String> warnings(Class<?> type, boolean withDependencies) {
        try (RecordedLog log = new RecordedLog(SubmitAsync.class)) {
            this.runner.withBean("submitter", type)
                .run((context) -> assertThat(context.getBean(SubmitAsyncBeanPostProcessor.class)
                    .componentsFor("documents", withDependencies)).containsKey("submitter"));
            return log.lines()
                .stream()
                .filter((line) -> line.contains("will not have"))
                .map((line) -> line.replaceFirst("(?<=not have).*", ""))
                .toList();
        }
    }

    interface Plugin {

    }

    static class Scanned implements Plugin {

    }

    @Configuration(proxyBeanMethods = false)
    @Import(Scanned.class)
    static class Plugins {

        @Bean
        Plugin made() {
            return new Plugin() {
            };
        }

    }

    static class Submitter {

        @SubmitAsync("documents")
        public Future<Integer> call() {
            return Futures.completed(1);
        }

    }

    static class ByList extends Submitter {

        final List<Plugin> plugins;

        ByList(List<Plugin> plugins) {
            this.plugins = plugins;
        }

        @SubmitAsync("documents")
        public Future<Integer> count() {
            return Futures.completed(this.plugins.size());
        }

    }

    static class ByMap extends Submitter {

        ByMap(Map<String, Plugin> plugins) {
        }

    }

    static class ByArray extends Submitter {

        ByArray(Plugin[] plugins) {
        }

    }

    static class BySet extends Submitter {

        BySet(Set<? extends Plugin> plugins) {
        }

    }

    static class BySingle extends Submitter {

        BySingle(Plugin made) {
        }

    }

    static class ByOtherList extends Submitter {

        ByOtherList(Plugin made, List<Scanned> others) {
        }

    }

}
