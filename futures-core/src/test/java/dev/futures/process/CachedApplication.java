// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * An application that is started from jars and has a pool with a start-up cache. It says
 * what its worker says, then does what it is told, line by line.
 */
final class CachedApplication {

    private CachedApplication() {
    }

    /**
     * Runs it.
     * @param args the directory of the cache, a file for what JVMs log about classes,
     * what the initializer does, and a further option of the JVMs
     */
    public static void main(String[] args) throws Exception {
        String log = args[1];
        Misdeed misdeed = Misdeed.valueOf(args[2]);
        try (ProcessPoolExecutor pool = ProcessPoolExecutor.builder()
            .name("cached pool")
            .maxWorkers(1)
            .maxTasksPerChild(1)
            .deathPolicy(DeathPolicy.STRICT)
            .startupCache(Path.of(args[0]))
            .jvmOptions(List.of("-Xlog:class+load:file=" + log + ".%p", "-Dlog=" + log, args[3]))
            .initializer(() -> misdeed.commit(log))
            .build()) {
            say(pool);
            BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null && !line.equals("end"); line = lines.readLine()) {
                say(pool);
            }
        }
        System.out.println("closed: " + ProcessHandle.current().descendants().count());
    }

    private static void say(ProcessPoolExecutor pool) throws Exception {
        System.out.println("worker: " + pool.submit(CachedApplication::seen).result(Duration.ofSeconds(60)));
    }

    private static String seen() {
        return ProcessHandle.current().pid() + (has("SharedArchiveFile=", "AOTCache=") ? " cached" : " bare");
    }

    static boolean has(String... options) {
        return ManagementFactory.getRuntimeMXBean()
            .getInputArguments()
            .stream()
            .anyMatch((argument) -> List.of(options).stream().anyMatch((option) -> argument.contains("-XX:" + option)));
    }

    /** What an initializer may do wrong. */
    enum Misdeed {

        NONE, FAIL_IN_TRAINING, EXIT_IN_TRAINING, HANG_IN_TRAINING, EXIT_WITH_CACHE;

        void commit(String log) throws Exception {
            boolean training = has("ArchiveClassesAtExit=", "AOTCacheOutput=");
            if (training && this != NONE) {
                Files.createFile(Path.of(log + ".training"));
            }
            if (training && this == FAIL_IN_TRAINING) {
                throw new IllegalStateException("not while the cache is made");
            }
            if (training && this == EXIT_IN_TRAINING) {
                System.exit(3);
            }
            if (training && this == HANG_IN_TRAINING) {
                Thread.currentThread().join();
            }
            if (this == EXIT_WITH_CACHE && has("SharedArchiveFile=", "AOTCache=")) {
                System.exit(7);
            }
        }

    }

    /** A loader that does not let a JVM come up that uses a cache. */
    public static final class Loader extends ClassLoader {

        /**
         * Creates the loader, as a JVM does while it comes up, when there is little that
         * can be asked for its options.
         * @param parent its parent
         */
        public Loader(ClassLoader parent) throws IOException {
            super(parent);
            String command = read("/proc/self/cmdline");
            String options = read(command.substring(command.indexOf('@') + 1).replace("\0", ""));
            if (options.contains("SharedArchiveFile=") || options.contains("AOTCache=")) {
                Runtime.getRuntime().halt(7);
            }
        }

        private static String read(String file) throws IOException {
            try (FileInputStream in = new FileInputStream(file)) {
                return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            }
        }

    }

}
