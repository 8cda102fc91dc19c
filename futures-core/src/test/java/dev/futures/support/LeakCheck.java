// SPDX-License-Identifier: Apache-2.0

package dev.futures.support;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import dev.futures.process.ProcessPoolExecutor;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test that leaves anything behind: threads, child processes, temporary
 * directories or open channels.
 */
public final class LeakCheck implements BeforeEachCallback, AfterEachCallback {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Threads of the JDK, of JUnit, and the timer, which all end by themselves. */
    private static final List<String> OTHERS = List.of("futures-timer", "futures-expiry", "futures-output",
            "process reaper", "ForkJoinPool", "CompletableFutureDelayScheduler", "junit-", "surefire-",
            "Attach Listener", "Cleaner-", "Notification Thread", "VirtualThread-");

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(LeakCheck.class);

    private static final AtomicBoolean warm = new AtomicBoolean();

    /**
     * The JDK opens a few channels of its own, once: they belong to the baseline.
     */
    private static void warmUp() {
        if (!warm.compareAndSet(false, true)) {
            return;
        }
        try (ProcessPoolExecutor pool = new ProcessPoolExecutor(1)) {
            pool.submit(Work::pid);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        warmUp();
        context.getStore(NAMESPACE).put(Snapshot.class, new Snapshot(threads(), children(), channels().size()));
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        Snapshot before = context.getStore(NAMESPACE).get(Snapshot.class, Snapshot.class);
        expectNone("threads", () -> minus(threads(), before.threads));
        expectNone("child processes", () -> minus(children(), before.children));
        expectNone("temporary directories", LeakCheck::directories);
        expectNone("open channels, beyond " + before.channels, () -> {
            List<String> now = channels();
            return (now.size() <= before.channels) ? List.of() : now;
        });
    }

    /** How many there are of what a test must not leave. */
    public static Map<String, Integer> usage() {
        return Map.of("threads", threads().size(), "processes", children().size(), "temporary directories",
                directories().size(), "sockets, pipes and selectors", channels().size());
    }

    private static void expectNone(String what, Supplier<? extends Collection<?>> leaked) throws Exception {
        if (!Await.happens(PATIENCE, () -> leaked.get().isEmpty())) {
            throw new AssertionError("the test left " + what + ": " + leaked.get());
        }
    }

    private static <T> List<T> minus(Collection<T> all, Collection<T> known) {
        return all.stream().filter((each) -> !known.contains(each)).toList();
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces()
            .keySet()
            .stream()
            .filter((thread) -> OTHERS.stream().noneMatch(thread.getName()::startsWith))
            .collect(Collectors.toSet());
    }

    private static Set<ProcessHandle> children() {
        return ProcessHandle.current().descendants().collect(Collectors.toSet());
    }

    private static List<Path> directories() {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> ours = Files.newDirectoryStream(parent, "futures-worker-" + Work.pid() + "-*")) {
            ours.forEach(found::add);
        }
        catch (IOException ex) {
            throw new AssertionError(ex);
        }
        return found;
    }

    /**
     * The open sockets, pipes and selectors. Files do not count: the JDK keeps every jar
     * open that it has loaded a class from.
     */
    private static List<String> channels() {
        List<String> found = new ArrayList<>();
        if (!Files.isDirectory(DESCRIPTORS)) {
            return found;
        }
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path descriptor : descriptors) {
                String target = target(descriptor);
                if (!target.startsWith("/")) {
                    found.add(target);
                }
            }
        }
        catch (IOException ex) {
            throw new AssertionError(ex);
        }
        return found;
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        }
        catch (IOException ex) {
            // closed meanwhile
            return "/";
        }
    }

    private static final class Snapshot {

        private final Set<Thread> threads;

        private final Set<ProcessHandle> children;

        private final int channels;

        Snapshot(Set<Thread> threads, Set<ProcessHandle> children, int channels) {
            this.threads = threads;
            this.children = children;
            this.channels = channels;
        }

    }

}
