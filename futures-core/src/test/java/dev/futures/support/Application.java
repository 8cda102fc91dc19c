// SPDX-License-Identifier: Apache-2.0

package dev.futures.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

import dev.futures.process.ProcessPoolExecutor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A small application in four parts, to be started in whatever way: this library, a
 * library with an interface, a module that provides it and that nobody requires, and the
 * application, which provides it too and has a pool. Each part is there as a jar and, but
 * for this library, as a directory; all are modules as well.
 */
public final class Application {

    /** What a task says that sees everything. */
    public static final String ON_CLASS_PATH = "no module [Guten Tag, hello] worker";

    /** What it says as a module. */
    public static final String IN_MODULE = "module app [Guten Tag, hello] worker";

    private static final String MAIN = """
            package app;
            import dev.futures.process.ProcessPoolBuilder;
            import dev.futures.process.ProcessPoolExecutor;
            import java.time.Duration;
            import java.util.*;
            import java.util.stream.*;
            import lib.Greeter;
            public class Main {
                public static void main(String[] args) throws Exception {
                    ProcessPoolBuilder builder = ProcessPoolExecutor.builder().maxWorkers(1).restartLimit(1)
                        .maxHeap(48 << 20).jvmOptions(List.of("-XX:TieredStopAtLevel=1"));
                    for (String arg : args) {
                        if (arg.startsWith("directory=")) {
                            builder.workingDirectory(java.nio.file.Path.of(arg.substring(10)));
                        }
                        if (arg.startsWith("locale=")) {
                            builder.environment(Map.of("LC_ALL", arg.substring(7)));
                        }
                    }
                    try (ProcessPoolExecutor pool = builder.build()) {
                        say(pool, "worker", args);
                        if (args.length > 0 && args[0].equals("twice")) {
                            System.out.println("waiting: for a line");
                            System.in.read();
                            pool.statistics().workers().forEach((worker) -> ProcessHandle.of(worker.pid()).get().destroyForcibly());
                            say(pool, "again", args);
                        }
                    }
                }
                static void say(ProcessPoolExecutor pool, String name, String[] args) throws Exception {
                    String outcome = outcome(pool, args);
                    // the task may still have been given to a process that was killed
                    while (outcome.contains("SIGKILL")) {
                        outcome = outcome(pool, args);
                    }
                    System.out.println(name + ": " + outcome);
                }
                static String outcome(ProcessPoolExecutor pool, String[] args) throws Exception {
                    try {
                        return pool.submit(() -> seen(args)).result(Duration.ofSeconds(30));
                    }
                    catch (dev.futures.BrokenExecutorException ex) {
                        return ex.getMessage().replace("\\n", " ");
                    }
                }
                static String seen(String[] args) throws Exception {
                    Module module = Main.class.getModule();
                    String name = module.isNamed() ? "module " + module.getName() : "no module";
                    List<String> greetings = ServiceLoader.load(Greeter.class).stream().map((p) -> p.get().greet()).sorted().toList();
                    String all = name + " " + greetings + " " + (ProcessPoolExecutor.isWorkerProcess() ? "worker" : "parent");
                    for (String arg : args) {
                        if (arg.startsWith("load=")) {
                            all += " " + Class.forName(arg.substring(5)).getSimpleName();
                        }
                        if (arg.equals("open")) {
                            var field = String.class.getDeclaredField("hash");
                            field.setAccessible(true);
                            all += " opened";
                        }
                    }
                    return all;
                }
            }
            """;

    private final Path root;

    private final Path core;

    private Application(Path root) {
        this.root = root;
        this.core = root.resolve("core.jar");
    }

    /** Compiles it. */
    public static Application in(Path root) throws IOException, URISyntaxException {
        Files.createDirectories(root);
        Application application = new Application(root);
        Path classes = Path.of(ProcessPoolExecutor.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        jar(application.core, classes, "Automatic-Module-Name", "dev.futures.core");
        application.compile("lib", "module lib { exports lib; }", "lib/Greeter",
                "package lib; public interface Greeter { String greet(); }");
        application.compile("extra", "module extra { requires lib; provides lib.Greeter with extra.German; }",
                "extra/German", "package extra; public class German implements lib.Greeter {"
                        + " public String greet() { return \"Guten Tag\"; } }");
        application.compile("app",
                "module app { requires dev.futures.core; requires lib; uses lib.Greeter;"
                        + " provides lib.Greeter with app.English; }",
                "app/Main", MAIN, "app/English", "package app; public class English implements lib.Greeter {"
                        + " public String greet() { return \"hello\"; } }");
        application.service("extra", "extra.German");
        application.service("app", "app.English");
        for (String part : List.of("lib", "extra", "app")) {
            jar(application.jar(part), application.directory(part));
        }
        return application;
    }

    /** Compiles one class more, into a directory of its own. */
    public Path compile(String part, String... namesAndSources) throws IOException {
        Path sources = this.root.resolve("sources").resolve(part);
        List<String> files = new ArrayList<>();
        for (int i = namesAndSources.length % 2; i < namesAndSources.length; i += 2) {
            files.add(write(sources.resolve(namesAndSources[i] + ".java"), namesAndSources[i + 1]).toString());
        }
        String modules = this.core + ":" + directory("lib");
        List<String> arguments = new ArrayList<>(List.of("-d", directory(part).toString(), "-nowarn"));
        if (namesAndSources.length % 2 == 1) {
            files.add(write(sources.resolve("module-info.java"), namesAndSources[0]).toString());
            arguments.addAll(List.of("-p", modules));
        }
        arguments.addAll(files);
        OutputStream errors = new ByteArrayOutputStream();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        assertThat(compiler.run(null, null, errors, arguments.toArray(new String[0]))).as(errors::toString).isZero();
        return directory(part);
    }

    private void service(String part, String provider) throws IOException {
        write(directory(part).resolve("META-INF/services/lib.Greeter"), provider);
    }

    private static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    public Path core() {
        return this.core;
    }

    public Path directory(String part) {
        return this.root.resolve("classes").resolve(part);
    }

    public Path jar(String part) {
        return this.root.resolve(part + ".jar");
    }

    /** Copies all jars into a directory. */
    public Path copyTo(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (Path jar : List.of(this.core, jar("lib"), jar("extra"), jar("app"))) {
            Files.copy(jar, directory.resolve(jar.getFileName()));
        }
        return directory;
    }

    /** Makes a jar of what is in a directory. */
    public static Path jar(Path jar, Path directory, String... manifest) throws IOException {
        Manifest content = new Manifest();
        content.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        for (int i = 0; i < manifest.length; i += 2) {
            content.getMainAttributes().putValue(manifest[i], manifest[i + 1]);
        }
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), content);
                Stream<Path> files = Files.walk(directory)) {
            files.filter(Files::isRegularFile).forEach((file) -> {
                try {
                    out.putNextEntry(new JarEntry(directory.relativize(file).toString().replace('\\', '/')));
                    Files.copy(file, out);
                }
                catch (IOException ex) {
                    throw new UncheckedIOException(ex);
                }
            });
        }
        return jar;
    }

}
