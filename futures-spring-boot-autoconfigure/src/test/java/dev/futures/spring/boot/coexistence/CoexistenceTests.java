// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.coexistence;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.messaging.support.ExecutorSubscribableChannel;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application with all that has executors of its own in Spring Boot: with and without
 * pools of ours it has the same beans and runs the same things on the same threads.
 */
class CoexistenceTests {

    private static final long LONG = 60;

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES) // two large applications, on a busy
                                                 // machine
    void theRestOfTheApplicationDoesNotNoticePools() throws Exception {
        Facts without = facts("--spring.autoconfigure.exclude=" + String.join(",", ours()));
        Facts with = facts("--spring.autoconfigure.exclude=", "--futures.thread-pools.reports.max-workers=1",
                "--futures.thread-pools.mail.max-workers=1", "--futures.process-pools.documents.max-workers=1");
        assertThat(without.beans()).containsKeys("applicationTaskExecutor", "entityManagerFactory",
                "clientInboundChannelExecutor");
        assertThat(with.beans()).isEqualTo(without.beans());
        assertThat(with.threads()).isEqualTo(without.threads())
            .containsEntry("MVC async", "applicationTaskExecutor")
            .containsEntry("@Scheduled", "MessageBroker-")
            .containsEntry("JPA bootstrap", "applicationTaskExecutor")
            .containsEntry("WebSocket inbound", "applicationTaskExecutor");
    }

    private static List<String> ours() {
        return ImportCandidates.load(AutoConfiguration.class, null)
            .getCandidates()
            .stream()
            .filter((name) -> name.startsWith("dev.futures."))
            .toList();
    }

    private static Facts facts(String... properties) throws Exception {
        SpringApplication application = new SpringApplicationBuilder(Application.class).build();
        try (ConfigurableApplicationContext context = application.run(Stream
            .concat(Arrays.stream(properties),
                    Stream.of("--server.port=0", "--spring.data.jpa.repositories.bootstrap-mode=deferred",
                            "--spring.jpa.open-in-view=false", "--spring.jpa.hibernate.ddl-auto=create",
                            "--spring.task.execution.mode=force", "--spring.main.banner-mode=off"))
            .toArray(String[]::new))) {
            assertThat(context).isInstanceOf(ServletWebServerApplicationContext.class);
            assertThat(context.getBean(Things.class).count()).isZero();
            assertThat(context.getBeansOfType(SecurityFilterChain.class)).hasSize(1);
            return new Facts(beans(context.getBeanFactory()), threads(context));
        }
    }

    private static Map<String, String> beans(ConfigurableListableBeanFactory beans) {
        return Arrays.stream(beans.getBeanDefinitionNames())
            .filter((name) -> !isOurs(name, beans))
            .collect(Collectors.toMap((name) -> name,
                    (name) -> String.valueOf(beans.getType(name)).replaceAll("[0-9]+.*$", ""), (one, other) -> one,
                    TreeMap::new));
    }

    private static boolean isOurs(String name, ConfigurableListableBeanFactory beans) {
        Class<?> type = beans.getType(name);
        String typeName = (type != null) ? type.getName() : "";
        return name.startsWith("futures") || (typeName.startsWith("dev.futures.")
                && !typeName.startsWith(CoexistenceTests.class.getPackageName()));
    }

    private static Map<String, String> threads(ConfigurableApplicationContext context) throws Exception {
        Application application = context.getBean(Application.class);
        Map<String, String> threads = new TreeMap<>();
        threads.put("@Async", prefix(context.getBean(AsyncBean.class).thread().get(LONG, TimeUnit.SECONDS)));
        assertThat(application.scheduled.await(LONG, TimeUnit.SECONDS)).isTrue();
        threads.put("@Scheduled", prefix(application.scheduledOn));
        threads.put("JPA bootstrap",
                name(context, context.getBean("&entityManagerFactory", LocalContainerEntityManagerFactoryBean.class)
                    .getBootstrapExecutor()));
        threads.put("WebSocket inbound", name(context,
                context.getBean("clientInboundChannel", ExecutorSubscribableChannel.class).getExecutor()));
        threads.put("MVC async", name(context,
                ReflectionTestUtils.getField(context.getBean("requestMappingHandlerAdapter"), "taskExecutor")));
        return threads;
    }

    private static String prefix(String thread) {
        return thread.replaceAll("[0-9]+$", "");
    }

    private static String name(ConfigurableApplicationContext context, Object executor) {
        // some are there by several names; the first in the alphabet is Boot's
        return new TreeMap<>(context.getBeansOfType(java.util.concurrent.Executor.class)).entrySet()
            .stream()
            .filter((entry) -> entry.getValue() == executor)
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse("none: " + ((executor != null) ? executor.getClass().getName() : null));
    }

    private record Facts(Map<String, String> beans, Map<String, String> threads) {

    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableAsync
    @EnableScheduling
    @EnableWebSocketMessageBroker
    static class Application implements WebSocketMessageBrokerConfigurer {

        private final CountDownLatch scheduled = new CountDownLatch(1);

        // volatile: written by the scheduler, read by the test
        private volatile String scheduledOn = "";

        @Bean
        AsyncBean asyncBean() {
            return new AsyncBean();
        }

        @Scheduled(fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
        void schedule() {
            this.scheduledOn = Thread.currentThread().getName();
            this.scheduled.countDown();
        }

        @Override
        public void registerStompEndpoints(StompEndpointRegistry registry) {
            registry.addEndpoint("/things");
        }

        @Override
        public void configureMessageBroker(MessageBrokerRegistry registry) {
            registry.enableSimpleBroker("/topic");
        }

    }

    static class AsyncBean {

        @Async
        public CompletableFuture<String> thread() {
            return CompletableFuture.completedFuture(Thread.currentThread().getName());
        }

    }

}
