// SPDX-License-Identifier: Apache-2.0

package dev.futures.docs;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpServer;
import dev.futures.DeadlockException;
import dev.futures.Future;
import dev.futures.Futures;
import dev.futures.MapOptions;
import dev.futures.ReturnWhen;
import dev.futures.interpreter.InterpreterPoolExecutor;
import dev.futures.process.ProcessPoolExecutor;
import dev.futures.support.Await;
import dev.futures.thread.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The Java side of docs/coming-from-python.md. What stands between a tag and its end is
 * in that document as well, and a test compares the two.
 */
class ComingFromPythonTests {

    private final List<Object> printed = new ArrayList<>();

    private synchronized void print(Object... words) {
        this.printed.add(String.join(" ", Stream.of(words).map(String::valueOf).toList()));
    }

    @Test
    void hello() throws Exception {
        // tag::hello[]
        try (var executor = new ThreadPoolExecutor(1)) {
            var future = executor.submit(() -> BigInteger.valueOf(323).pow(1235));
            print(future.result());
        }
        // end::hello[]
        assertThat(this.printed).containsExactly(BigInteger.valueOf(323).pow(1235).toString());
    }

    // tag::size-of[]
    static int sizeOf(URI url) throws IOException {
        URLConnection connection = url.toURL().openConnection();
        connection.setReadTimeout(10_000);
        try (InputStream page = connection.getInputStream()) {
            return page.readAllBytes().length;
        }
    }
    // end::size-of[]

    @Test
    void pages() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/page", (exchange) -> {
            exchange.sendResponseHeaders(200, 5);
            exchange.getResponseBody().write("hello".getBytes());
            exchange.close();
        });
        server.start();
        URI home = URI.create("http://localhost:" + server.getAddress().getPort());
        List<URI> urls = List.of(home.resolve("/page"), home.resolve("/missing"), home.resolve("/page?2"));
        try {
            // tag::pages[]
            try (var executor = new ThreadPoolExecutor(5)) {
                var urlOf = new LinkedHashMap<Future<Integer>, URI>();
                for (var url : urls) {
                    urlOf.put(executor.submit(() -> sizeOf(url)), url);
                }
                for (var future : Futures.asCompleted(urlOf.keySet())) {
                    var url = urlOf.get(future);
                    try {
                        print(url.getPath(), future.result());
                    }
                    catch (IOException ex) {
                        print(url.getPath(), "failed:", ex.getClass().getSimpleName());
                    }
                }
            }
            // end::pages[]
        }
        finally {
            server.stop(0);
        }
        assertThat(this.printed).containsExactlyInAnyOrder("/page 5", "/missing failed: FileNotFoundException",
                "/page 5");
    }

    // tag::is-prime[]
    static boolean isPrime(long number) {
        for (long divisor = 2; divisor * divisor <= number; divisor++) {
            if (number % divisor == 0) {
                return false;
            }
        }
        return number > 1;
    }
    // end::is-prime[]

    @Test
    void primes() {
        // tag::primes[]
        var candidates = List.of(99_999_999_977L, 99_999_999_979L, 100_000_000_003L);

        try (var executor = new ProcessPoolExecutor()) {
            var answers = executor.map(ComingFromPythonTests::isPrime, candidates);
            for (var candidate : candidates) {
                print(candidate, answers.next());
            }
        }
        // end::primes[]
        assertThat(this.printed).containsExactlyElementsOf(
                candidates.stream().map((number) -> (Object) (number + " " + isPrime(number))).toList());
    }

    @Test
    void mutualDeadlock() throws Exception {
        // tag::mutual-deadlock[]
        var a = new AtomicReference<Future<Integer>>();
        var b = new AtomicReference<Future<Integer>>();
        var bothSubmitted = new CountDownLatch(1);

        try (var executor = new ThreadPoolExecutor(2)) {
            a.set(executor.submit(() -> {
                bothSubmitted.await();
                return b.get().result() + 5;
            }));
            b.set(executor.submit(() -> {
                bothSubmitted.await();
                return a.get().result() + 6;
            }));
            bothSubmitted.countDown();
            print(a.get().exception().getClass().getSimpleName());
            print(b.get().exception().getClass().getSimpleName());
        }
        // end::mutual-deadlock[]
        assertThat(this.printed).containsExactly("DeadlockException", "DeadlockException");
    }

    @Test
    void nestedDeadlock() throws Exception {
        // tag::nested-deadlock[]
        try (var executor = new ThreadPoolExecutor(1)) {
            var outer = executor.submit(() -> {
                var inner = executor.submit(() -> Math.pow(5, 2));
                return inner.result();
            });
            try {
                print(outer.result());
            }
            catch (DeadlockException ex) {
                print("deadlock:", ex.getMessage());
            }
        }
        // end::nested-deadlock[]
        assertThat(this.printed).singleElement().asString().startsWith("deadlock: task ");
    }

    @Test
    void copy(@TempDir Path directory) throws Exception {
        Path source = Files.createDirectory(directory.resolve("source"));
        Path target = Files.createDirectory(directory.resolve("target"));
        List<String> names = List.of("one.txt", "two.txt", "three.txt", "four.txt");
        for (String name : names) {
            Files.writeString(source.resolve(name), name);
        }
        // tag::copy[]
        try (var executor = new ThreadPoolExecutor(4)) {
            for (var name : names) {
                executor.submit(() -> Files.copy(source.resolve(name), target.resolve(name)));
            }
        }
        // end::copy[]
        for (String name : names) {
            assertThat(target.resolve(name)).hasContent(name);
        }
    }

    private static int length(String text) {
        return text.length();
    }

    @Test
    void waiting() throws Exception {
        List<String> texts = List.of("one", "three");
        try (var executor = new ThreadPoolExecutor(2)) {
            // tag::wait[]
            var futures = texts.stream().map((text) -> executor.submit(() -> length(text))).toList();
            var result = Futures.wait(futures, Duration.ofSeconds(30), ReturnWhen.FIRST_EXCEPTION);
            for (var future : result.done()) {
                print(future.result());
            }
            for (var future : result.notDone()) {
                future.cancel();
            }
            // end::wait[]
        }
        assertThat(this.printed).containsExactly("3", "5");
    }

    @Test
    void mapping() {
        List<String> texts = List.of("one", "three");
        try (var executor = new ProcessPoolExecutor(1)) {
            // tag::map[]
            var options = MapOptions.defaults().withTimeout(Duration.ofSeconds(60)).withChunkSize(20);
            try {
                for (var length : executor.map(ComingFromPythonTests::length, texts, options)) {
                    print(length);
                }
            }
            catch (CompletionException ex) {
                if (!(ex.getCause() instanceof TimeoutException)) {
                    throw ex;
                }
                print("too slow");
            }
            // end::map[]
        }
        assertThat(this.printed).containsExactly("3", "5");
    }

    @Test
    void bufferedMapping() {
        try (var executor = new ThreadPoolExecutor(2)) {
            // tag::buffered-map[]
            Iterable<Long> numbers = () -> Stream.iterate(1L, (number) -> number + 1).iterator();

            try (var answers = executor.map(ComingFromPythonTests::isPrime, numbers,
                    MapOptions.defaults().withBufferSize(8))) {
                print(answers.stream().limit(5).toList());
            }
            // end::buffered-map[]
        }
        assertThat(this.printed).containsExactly("[false, true, true, false, true]");
    }

    @Test
    void callbacks() {
        // tag::callback[]
        try (var executor = new ThreadPoolExecutor(1)) {
            var future = executor.submit(() -> length("callback"));
            future.addDoneCallback((done) -> print("cancelled:", done.cancelled()));
            future.thenAccept((length) -> print("length:", length));
        }
        // end::callback[]
        assertThat(this.printed).containsExactlyInAnyOrder("cancelled: false", "length: 8");
    }

    @Test
    void cancelling() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        try (var executor = new ThreadPoolExecutor(1)) {
            // tag::cancel[]
            var running = executor.submit(() -> {
                started.countDown();
                new CountDownLatch(1).await();
            });
            var waiting = executor.submit(() -> length("never"));
            started.await();
            print(waiting.cancel(), running.cancel());
            print(running.cancel(true));
            // end::cancel[]
            assertThat(this.printed).containsExactly("true false", "true");
        }
    }

    // tag::counter[]
    static final class Counter {

        static int count;

        static int next() {
            return ++count;
        }

    }
    // end::counter[]

    @Test
    void interpreters() throws Exception {
        Counter.count = 0;
        // tag::interpreters[]
        Counter.next();
        try (var executor = new InterpreterPoolExecutor(1)) {
            print(executor.submit(() -> Counter.next()).result(), executor.submit(() -> Counter.next()).result());
        }
        print(Counter.count);
        // end::interpreters[]
        assertThat(this.printed).containsExactly("1 2", "1");
    }

    @Test
    void initializers() throws Exception {
        Counter.count = 0;
        // tag::initializer[]
        var executor = ProcessPoolExecutor.builder().maxWorkers(1).initializer(() -> Counter.count = 40).build();
        try (executor) {
            print(executor.submit(() -> Counter.next()).result());
        }
        // end::initializer[]
        assertThat(this.printed).containsExactly("41");
    }

    @Test
    void recycling() throws Exception {
        // tag::max-tasks[]
        var executor = ProcessPoolExecutor.builder().maxWorkers(1).maxTasksPerChild(1).build();
        try (executor) {
            var first = executor.submit(() -> ProcessHandle.current().pid());
            var second = executor.submit(() -> ProcessHandle.current().pid());
            print(first.result().equals(second.result()));
        }
        // end::max-tasks[]
        assertThat(this.printed).containsExactly("false");
    }

    @Test
    void stages(@TempDir Path directory) throws Exception {
        Path path = Files.writeString(directory.resolve("note"), "hello");
        // tag::stages[]
        try (var executor = new ThreadPoolExecutor(2)) {
            var length = executor.submit(() -> Files.readString(path)).thenApply(String::length);
            length.thenAccept((number) -> print("read", number));

            var supplied = CompletableFuture.supplyAsync(() -> length("supplied"), executor.asExecutorService());
            Future<Integer> wrapped = Futures.wrap(supplied);
            print("supplied", wrapped.result());
        }
        // end::stages[]
        assertThat(this.printed).containsExactlyInAnyOrder("read 5", "supplied 8");
    }

    @Test
    void shutdown() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        // tag::shutdown[]
        var executor = new ThreadPoolExecutor(1);
        var running = executor.submit(() -> {
            started.countDown();
            goOn.await();
        });
        var waiting = executor.submit(() -> length("never"));
        started.await();
        executor.shutdown(false, true);
        print(running.done(), waiting.cancelled());
        // end::shutdown[]
        goOn.countDown();
        assertThat(executor.awaitTermination(Await.PATIENCE)).isTrue();
        assertThat(this.printed).containsExactly("false true");
    }

}
