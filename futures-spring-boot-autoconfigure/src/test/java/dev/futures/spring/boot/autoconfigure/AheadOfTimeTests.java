// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.FileSystemGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.core.env.MapPropertySource;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that is processed ahead of time, and then run on a JVM from what was
 * generated.
 */
class AheadOfTimeTests {

    static final RuntimeHints hints = new RuntimeHints();

    @TempDir
    private static Path directory;

    private static List<String> options;

    @BeforeAll
    static void processAheadOfTime() throws IOException {
        DefaultGenerationContext generation = new DefaultGenerationContext(
                new ClassNameGenerator(ClassName.get(AheadOfTimeApplication.class)),
                new FileSystemGeneratedFiles((kind) -> directory.resolve(kind.name())), hints);
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.getEnvironment()
            .getPropertySources()
            .addFirst(new MapPropertySource("build time", Map.of("futures.thread-pools.reports.max-workers", "2",
                    "futures.process-pools.documents.max-workers", "1")));
        context.register(AheadOfTimeApplication.class);
        new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
        generation.writeGeneratedContent();
        context.close();
        Path classes = Files.createDirectories(directory.resolve("CLASS"));
        compile(directory.resolve("SOURCE"), classes);
        options = List.of("-Dspring.aot.enabled=true", "-Dspring.devtools.restart.enabled=false", "-cp",
                classes + File.pathSeparator + ChildJvm.classPath());
    }

    private static void compile(Path sources, Path classes) throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            Stream<String> names = files.map(Path::toString).filter((name) -> name.endsWith(".java"));
            String[] arguments = Stream
                .concat(Stream.of("-proc:none", "-nowarn", "-d", classes.toString(), "-cp", ChildJvm.classPath()),
                        names)
                .toArray(String[]::new);
            assertThat(javax.tools.ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments)).isZero();
        }
    }

    @Test
    void poolsAreThoseOfTheRunAndMethodsAreSubmitted() throws Exception {
        String output = ChildJvm.run(directory, options, AheadOfTimeApplication.class,
                "--futures.thread-pools.reports.max-workers=3", "--futures.thread-pools.mail.max-workers=1",
                "--futures.process-pools.documents.max-workers=1", "--futures.process-pools.documents.max-heap=64MB");
        assertThat(output).contains("pools [documents, mail, reports]", "reports has 3", "in reports_0",
                "in another process true");
    }

    @Test
    void theDefaultPoolsAreThereWhenTheRunHasNoProperties() throws Exception {
        String output = ChildJvm.run(directory, options, AheadOfTimeApplication.class,
                "--thread.pool=futuresThreadPool", "--process.pool=futuresProcessPool");
        assertThat(output).contains("pools [futuresProcessPool, futuresThreadPool]", "in futuresThreadPool_0");
    }

    @Test
    void whatIsWrongIsReportedAsOnAnyStart() throws Exception {
        assertThat(ChildJvm.run(directory, options, AheadOfTimeApplication.class,
                "--futures.process-pools.documents.max-workers=1", "--thread.pool=missing"))
            .contains("names the executor 'missing', but there is no dev.futures.Executor of that name");
        assertThat(ChildJvm.run(directory, options, AheadOfTimeApplication.class,
                "--futures.thread-pools.reports.max-workers=0"))
            .contains("max-workers must be greater than 0 but was 0");
    }

    @Test
    void whatIsReflectiveHasHints() throws Exception {
        assertThat(RuntimeHintsPredicates.reflection()
            .onMethodInvocation(AheadOfTimeApplication.Tasks.class.getMethod("thread"))).accepts(hints);
        for (Class<?> type : List.of(FuturesProperties.class, FuturesProperties.Defaults.class,
                FuturesProperties.ThreadPool.class, FuturesProperties.ProcessPool.class,
                FuturesProperties.Shutdown.class, ProcessPoolProperties.Worker.class)) {
            for (Method setter : type.getDeclaredMethods()) {
                if (setter.getName().startsWith("set")) {
                    assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(setter)).as("%s", setter)
                        .accepts(hints);
                }
            }
            assertThat(RuntimeHintsPredicates.reflection().onType(type)).as("%s", type).accepts(hints);
        }
    }

}
