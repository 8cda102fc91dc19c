// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.processes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.futures.Future;
import dev.futures.WorkerStatistics;
import dev.futures.process.ProcessPoolExecutor;

/**
 * An application that starts children as it is told, one at a time. It is a process of
 * its own since children are started as their parent was: from a class path or from an
 * executable jar.
 */
public final class StartDriver {

    private static final long LOOK_NANOS = 200_000;

    private static final long SETTLE_NANOS = 250_000_000;

    /**
     * Kept: a logger that nobody keeps forgets its level. What is killed on purpose is no
     * news.
     */
    private static final Logger POOLS = Logger.getLogger("dev.futures");

    private static final Pattern RESIDENT = Pattern.compile("^VmRSS:\\s+(\\d+) kB$", Pattern.MULTILINE);

    private final Child child;

    private StartDriver(Child child) {
        this.child = child;
    }

    /**
     * Does what each line of standard input says.
     * @param arguments how this application was started, who starts children, and the
     * directory of caches
     * @throws Exception if a child does not do what it should
     */
    public static void main(String[] arguments) throws Exception {
        POOLS.setLevel(Level.SEVERE);
        Launch launch = Launch.valueOf(arguments[0]);
        Path caches = Path.of(arguments[2]);
        StartDriver driver = new StartDriver(switch (arguments[1]) {
            case "futures" -> new PoolChild(caches);
            case "futures-uncached" -> new PoolChild(null);
            case "bare-jvm" -> new BareChild(launch, null);
            case "bare-jvm-cached" -> new BareChild(launch, caches);
            default -> throw new IllegalArgumentException("unknown contestant: " + arguments[1]);
        });
        PrintStream output = System.out;
        try (BufferedReader requests = new BufferedReader(new InputStreamReader(System.in))) {
            for (String request = requests.readLine(); request != null; request = requests.readLine()) {
                output.println(driver.answer(request));
                output.flush();
            }
        }
    }

    private String answer(String request) throws Exception {
        switch (request) {
            case "train" -> this.child.train();
            case "start" -> this.child.start();
            case "serve" -> this.child.serve();
            case "occupy" -> this.child.occupy();
            case "kill" -> this.child.kill();
            case "stop" -> this.child.stop();
            case "resident" -> {
                return String.valueOf(settled(this.child.pid()));
            }
            default -> throw new IllegalArgumentException("unknown request: " + request);
        }
        return "done";
    }

    /** Returns how many KiB are resident once that does not change any more. */
    private static long settled(long pid) throws IOException {
        long last = -1;
        long resident = resident(pid);
        while (resident != last) {
            LockSupport.parkNanos(SETTLE_NANOS);
            last = resident;
            resident = resident(pid);
        }
        return resident;
    }

    private static long resident(long pid) throws IOException {
        Matcher line = RESIDENT.matcher(Files.readString(Path.of("/proc", String.valueOf(pid), "status")));
        if (!line.find()) {
            throw new IllegalStateException("process " + pid + " has ended");
        }
        return Long.parseLong(line.group(1));
    }

    /** What is started. */
    private interface Child {

        /** Makes the cache, if there is to be one. */
        void train() throws Exception;

        /** Starts it and waits until it is ready. */
        void start() throws Exception;

        /** Waits until it has done a task, starting it if need be. */
        void serve() throws Exception;

        /** Has it run a task that does not end. */
        void occupy() throws Exception;

        /** Kills it and waits until its replacement has done a task. */
        void kill() throws Exception;

        void stop() throws Exception;

        long pid();

    }

    private static final class PoolChild implements Child {

        private final Path caches;

        private ProcessPoolExecutor pool;

        private Future<?> endless;

        PoolChild(Path caches) {
            this.caches = caches;
        }

        private void open() {
            this.pool = ProcessPoolExecutor.builder()
                .name("measured")
                .maxWorkers(1)
                .minWorkers(1)
                .maxHeap(BareProcess.MAX_HEAP)
                .startupCache(this.caches)
                .build();
        }

        @Override
        public void train() throws Exception {
            if (this.caches == null) {
                return;
            }
            start();
            while (!isTrained()) {
                LockSupport.parkNanos(SETTLE_NANOS);
            }
            stop();
        }

        private boolean isTrained() throws IOException {
            try (Stream<Path> files = Files.list(this.caches)) {
                return files.anyMatch((file) -> file.toString().matches(".*\\.(jsa|aot)"));
            }
        }

        @Override
        public void start() {
            open();
            while (worker().state() != WorkerStatistics.State.IDLE) {
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }

        private WorkerStatistics worker() {
            return this.pool.statistics().workers().get(0);
        }

        @Override
        public void serve() throws Exception {
            if (this.pool == null) {
                open();
            }
            this.pool.submit(() -> true).result();
        }

        @Override
        public void occupy() throws Exception {
            Path begun = Files.createTempFile("futures-benchmark-", "");
            String file = begun.toString();
            this.endless = this.pool.submit(() -> {
                Files.delete(Path.of(file));
                new CountDownLatch(1).await();
            });
            while (Files.exists(begun)) {
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }

        @Override
        public void kill() throws Exception {
            ProcessHandle.of(pid()).orElseThrow().destroyForcibly();
            serve();
            if (this.endless.exception() == null) {
                throw new IllegalStateException("the task has survived its process");
            }
        }

        @Override
        public void stop() {
            this.pool.close();
            this.pool = null;
        }

        @Override
        public long pid() {
            return worker().pid();
        }

    }

    private static final class BareChild implements Child {

        private static final boolean AHEAD_OF_TIME = Runtime.version().feature() >= 25;

        private final Launch launch;

        private final Path cache;

        private BareProcess process;

        BareChild(Launch launch, Path caches) {
            this.launch = launch;
            this.cache = (caches != null) ? caches.resolve("bare") : null;
        }

        @Override
        public void train() throws Exception {
            if (this.cache != null) {
                start(AHEAD_OF_TIME ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=");
                stop();
            }
        }

        @Override
        public void start() throws IOException {
            start(AHEAD_OF_TIME ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=");
        }

        private void start(String option) throws IOException {
            List<String> options = (this.cache != null) ? List.of(option + this.cache) : List.of();
            this.process = BareProcess.start(options,
                    this.launch.main(System.getProperty("java.class.path"), BareJvm.class));
        }

        @Override
        public void serve() {
            throw new UnsupportedOperationException("a bare JVM has no tasks");
        }

        @Override
        public void occupy() {
            serve();
        }

        @Override
        public void kill() {
            serve();
        }

        @Override
        public void stop() throws Exception {
            this.process.close();
        }

        @Override
        public long pid() {
            return this.process.pid();
        }

    }

}
