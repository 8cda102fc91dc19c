// SPDX-License-Identifier: Apache-2.0

package dev.futures.interpreter;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;

import javax.tools.ToolProvider;

import dev.futures.Future;
import dev.futures.Task;
import dev.futures.TaskAction;
import dev.futures.serial.Payloads;
import dev.futures.support.Await;
import dev.futures.support.Gate;
import dev.futures.support.JavaProgram;
import dev.futures.support.LeakCheck;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The class loaders of workers: what they find, how they are seen, and their end.
 */
@ExtendWith(LeakCheck.class)
class ClassLoaderTests {

    private final ClassLoader own = Thread.currentThread().getContextClassLoader();

    @AfterEach
    void restore() {
        Thread.currentThread().setContextClassLoader(this.own);
    }

    private static String contextLoader() {
        return Thread.currentThread().getContextClassLoader().getName();
    }

    /** That of a worker which is running a task. */
    private static ClassLoader loaderOf(String worker) {
        return Thread.getAllStackTraces()
            .keySet()
            .stream()
            .filter((thread) -> thread.getName().equals(worker))
            .map(Thread::getContextClassLoader)
            .findFirst()
            .orElseThrow();
    }

    @Test
    void theContextClassLoaderIsThatOfTheWorkerWhileTheInitializerAndTasksRun() throws Exception {
        try (InterpreterPoolExecutor pool = InterpreterPoolExecutor.builder()
            .name("seen")
            .maxWorkers(1)
            .initializer(() -> World.name = contextLoader())
            .build()) {
            assertThat(pool.submit(() -> World.name).result(Await.PATIENCE)).isEqualTo("seen_0");
            assertThat(pool.submit(ClassLoaderTests::contextLoader).result(Await.PATIENCE)).isEqualTo("seen_0");
            assertThat(pool
                .submit(() -> Thread.currentThread().getContextClassLoader() == ClassLoaderTests.class.getClassLoader())
                .result(Await.PATIENCE)).isTrue();
        }
    }

    @Test
    void callbacksRunWithTheContextClassLoaderOfTheApplication(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        List<ClassLoader> seen = new ArrayList<>();
        try (InterpreterPoolExecutor pool = new InterpreterPoolExecutor(1)) {
            Future<?> future = pool.submit(() -> {
                Thread.currentThread().setContextClassLoader(new URLClassLoader(new URL[0]));
                return gate.pass(1);
            });
            future.addDoneCallback((done) -> seen.add(Thread.currentThread().getContextClassLoader()));
            gate.letPass();
            assertThat(pool.submit(ClassLoaderTests::contextLoader).result(Await.PATIENCE))
                .isEqualTo(pool.name() + "_0");
        }
        assertThat(seen).containsExactly(this.own);
    }

    @Test
    void aThreadWithoutAContextClassLoaderMakesAPoolWithTheClassPathOfTheJvm() throws Exception {
        Thread.currentThread().setContextClassLoader(null);
        try (InterpreterPoolExecutor pool = new InterpreterPoolExecutor(1)) {
            assertThat(pool.submit(() -> World.COUNT.incrementAndGet()).result(Await.PATIENCE)).isEqualTo(1);
        }
    }

    @Test
    void aPoolIsNotMadeIfTheClassPathCannotBeFound() {
        ClassLoader silent = new ClassLoader(this.own) {
        };
        Thread.currentThread().setContextClassLoader(silent);
        assertThatIllegalStateException().isThrownBy(() -> new InterpreterPoolExecutor(1))
            .withMessageContaining(silent.getClass().getName());
    }

    @Test
    void classesThatOnlyTheContextClassLoaderKnowsAreFound(@TempDir Path directory) throws Exception {
        compile(directory, "plugin.Plugin", """
                package plugin;
                public class Plugin implements dev.futures.Task<java.util.List<Plugin>> {
                    private static int calls;
                    public int number;
                    public java.util.List<Plugin> call() {
                        this.number = ++calls;
                        return java.util.List.of(this);
                    }
                }
                """);
        URL[] urls = { directory.toUri().toURL() };
        try (URLClassLoader plugins = new URLClassLoader(urls, this.own)) {
            Class<?> type = plugins.loadClass("plugin.Plugin");
            Thread.currentThread().setContextClassLoader(plugins);
            try (InterpreterPoolExecutor pool = new InterpreterPoolExecutor(1)) {
                for (int i = 1; i <= 2; i++) {
                    Object result = pool.submit((Task<?>) type.getConstructor().newInstance()).result(Await.PATIENCE);
                    Object plugin = ((List<?>) result).get(0);
                    assertThat(plugin).isExactlyInstanceOf(type).hasFieldOrPropertyWithValue("number", i);
                }
            }
        }
    }

    private static void compile(Path directory, String name, String source) throws IOException {
        Path file = directory.resolve(name.replace('.', '/') + ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, source);
        int errors = ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-proc:none", "-cp", JavaProgram.classPath(), file.toString());
        assertThat(errors).isZero();
    }

    @Test
    void theClassPathMayBeThatOfAManifest(@TempDir Path directory) throws Exception {
        Path jar = directory.resolve("classpath.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
            .put(Attributes.Name.CLASS_PATH,
                    List.of(JavaProgram.classPath().split(File.pathSeparator))
                        .stream()
                        .map((entry) -> Path.of(entry).toUri().toString())
                        .collect(Collectors.joining(" ")));
        try (OutputStream out = Files.newOutputStream(jar)) {
            new JarOutputStream(out, manifest).close();
        }
        try (JavaProgram program = JavaProgram.start(Counting.class, List.of("-cp", jar.toString()), Map.of())) {
            assertThat(program.await("inside")).isEqualTo("1 2, outside 0");
            assertThat(program.awaitExit()).isZero();
        }
    }

    /** Counts on both sides. */
    static final class Counting {

        private Counting() {
        }

        public static void main(String[] args) throws Exception {
            try (InterpreterPoolExecutor pool = new InterpreterPoolExecutor(1)) {
                int first = pool.submit(() -> World.COUNT.incrementAndGet()).result();
                int second = pool.submit(() -> World.COUNT.incrementAndGet()).result();
                System.out.println("inside: " + first + " " + second + ", outside " + World.COUNT);
            }
        }

    }

    @Test
    void theLoaderOfAWorkerThatHasEndedIsClosed(@TempDir Path directory) throws Exception {
        Gate gate = Gate.in(directory);
        ClassLoader loader;
        try (InterpreterPoolExecutor pool = InterpreterPoolExecutor.builder().name("ends").maxWorkers(1).build()) {
            pool.submit(() -> gate.pass(1));
            gate.awaitEntered(1);
            loader = loaderOf("ends_0");
            assertThat(loader).isInstanceOf(IsolatedClassLoader.class);
            assertThat(loader.getResource("dev/futures/Executor.class")).isNotNull();
            gate.letPass();
        }
        assertThat(loader.getResource("dev/futures/Executor.class")).isNull();
    }

    @Test
    void whoReadsFromAJarIsNotCutOffWhenAWorkerThatReadFromItEnds(@TempDir Path directory) throws Exception {
        Path jar = directory.resolve("data.jar");
        byte[] data = new byte[1_000_000];
        new java.util.Random(1).nextBytes(data);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("data.bin"));
            out.write(data);
        }
        try (URLClassLoader loader = new URLClassLoader(new URL[] { jar.toUri().toURL() }, this.own)) {
            Thread.currentThread().setContextClassLoader(loader);
            // the same URL to the letter: by that the JVM finds the jar that it has open
            try (InputStream in = loader.getResource("data.bin").openStream()) {
                byte[] start = in.readNBytes(100);
                try (InterpreterPoolExecutor pool = new InterpreterPoolExecutor(1)) {
                    assertThat(pool.submit(() -> readAll("data.bin")).result(Await.PATIENCE)).isEqualTo(data);
                    assertThat(pool.submit(() -> readAll("no.bin")).result(Await.PATIENCE)).isNull();
                }
                assertThat(start).hasSize(100);
                assertThat(in.readAllBytes()).hasSize(data.length - 100);
            }
        }
    }

    @Test
    void aJarThatTheHandlerOfTheApplicationSharesIsNotClosed(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("data.jar");
        String name = World.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file));
                InputStream in = this.own.getResourceAsStream(name)) {
            out.putNextEntry(new ZipEntry(name));
            in.transferTo(out);
        }
        try (JarFile shared = new JarFile(file.toFile())) {
            // as the loader of an executable Spring Boot jar does it
            URL url = new URL(null, "jar:" + file.toUri() + "!/", new URLStreamHandler() {

                @Override
                protected URLConnection openConnection(URL entry) throws IOException {
                    return new SharingConnection(entry, shared);
                }

            });
            try (IsolatedClassLoader isolated = new IsolatedClassLoader("isolated", List.of(url));
                    InputStream in = isolated.getResourceAsStream(name)) {
                assertThat(isolated.loadClass(World.class.getName())).isNotSameAs(World.class);
                assertThat(in.read()).isEqualTo(0xCA);
            }
            assertThat(shared.getEntry(name)).isNotNull();
        }
    }

    private static final class SharingConnection extends JarURLConnection {

        private final JarFile shared;

        SharingConnection(URL url, JarFile shared) throws IOException {
            super(url);
            this.shared = shared;
        }

        @Override
        public JarFile getJarFile() {
            return this.shared;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            ZipEntry entry = this.shared.getEntry(getEntryName());
            if (entry == null) {
                throw new java.io.FileNotFoundException(getEntryName());
            }
            return this.shared.getInputStream(entry);
        }

        @Override
        public void connect() {
        }

    }

    private static byte[] readAll(String resource) throws IOException {
        try (InputStream in = Thread.currentThread().getContextClassLoader().getResourceAsStream(resource)) {
            return (in != null) ? in.readAllBytes() : null;
        }
    }

    @Test
    void noClassOfAWorkerThatHasEndedIsKept(@TempDir Path directory) throws Exception {
        // the JDK's serialization holds the descriptions of classes softly
        List<String> options = List.of("-XX:SoftRefLRUPolicyMSPerMB=0", "-Djava.io.tmpdir=" + directory);
        try (JavaProgram program = JavaProgram.start(Leaving.class, options, Map.of())) {
            assertThat(program.await("left")).isEqualTo("0 of 3");
            assertThat(program.awaitExit()).isZero();
        }
    }

    /** Does all that may leave a trace, and keeps all that it is given. */
    static final class Leaving {

        private static final ThreadLocal<Object> LOCAL = new ThreadLocal<>();

        private Leaving() {
        }

        public static void main(String[] args) throws Exception {
            List<Object> kept = new ArrayList<>();
            List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                InterpreterPoolExecutor pool = InterpreterPoolExecutor.builder()
                    .name("leaving" + i)
                    .maxWorkers(1)
                    .initializer(() -> LOCAL.set(new Trace()))
                    .build();
                kept.add(pool);
                loaders.add(use(pool, Files.createTempDirectory("leaving"), kept));
            }
            for (int i = 0; i < 200 && left(loaders) > 0; i++) {
                System.gc();
                // the JDK's serialization forgets the last classes when it is used again
                Payloads payloads = Payloads.isolated(ClassLoader.getSystemClassLoader());
                kept.add(payloads.decode(payloads.encode(new Trace())));
            }
            System.out.println("left: " + left(loaders) + " of " + loaders.size());
        }

        private static WeakReference<ClassLoader> use(InterpreterPoolExecutor pool, Path directory, List<Object> kept)
                throws Exception {
            Gate gate = Gate.in(directory);
            kept.add(pool.submit(() -> {
                System.getLogger("dev.futures.test").log(System.Logger.Level.DEBUG, "inside");
                Thread.currentThread().setContextClassLoader(Leaving.class.getClassLoader());
                Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> LOCAL.remove());
                return new Trace();
            }));
            kept.add(pool.submit(() -> {
                throw new TraceException(new Trace());
            }));
            kept.add(pool.submit((TaskAction) () -> {
                throw new TraceException(new Object());
            }));
            kept.add(pool.submit(() -> new Object()));
            kept.add(pool.submit(new Obstacle(Obstacle.Step.READ_INSIDE, false).asTask()));
            kept.add(pool.submit(new Obstacle(Obstacle.Step.WRITE_INSIDE, false).asTask()));
            Future<?> stopped = pool.submit((TaskAction) gate::blockForEver);
            kept.add(stopped);
            gate.awaitEntered(1);
            WeakReference<ClassLoader> loader = new WeakReference<>(loaderOf(pool.name() + "_0"));
            stopped.cancel(true);
            kept.add(pool.submit(Trace::new).result());
            kept.addAll(List.of(loader, pool.statistics()));
            pool.close();
            return loader;
        }

        private static long left(List<WeakReference<ClassLoader>> loaders) {
            return loaders.stream().filter((loader) -> loader.get() != null).count();
        }

    }

    /** What tasks make. */
    static final class Trace implements java.io.Serializable {

        private static final long serialVersionUID = 1L;

    }

    /** What tasks throw. */
    static final class TraceException extends Exception {

        private static final long serialVersionUID = 1L;

        @SuppressWarnings({ "serial", "unused" })
        private final Object trace;

        TraceException(Object trace) {
            this.trace = trace;
        }

    }

    @Test
    void classesOfLibrariesAreLoadedAnewToo() throws Exception {
        try (InterpreterPoolExecutor pool = new InterpreterPoolExecutor(1)) {
            assertThat(pool.submit(() -> Assertions.class.getClassLoader().getName()).result(Await.PATIENCE))
                .isEqualTo(pool.name() + "_0");
        }
    }

}
