// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import org.jspecify.annotations.Nullable;

/**
 * A file with the classes that a worker loads until it is ready, as the JVM lays them out
 * in memory: an AOT cache (JEP 483) or, before Java 25, an archive of class data (JEP
 * 350). It is made by a process that does what every worker does until it is ready, and
 * then ends without having seen a task.
 * <p>
 * The file is what the JVM would load as code. It is used only if nobody but this user
 * and root can have written it, and a process that ends before it is ready is the last
 * one that is started with it.
 */
final class StartupCache {

    private static final Logger logger = System.getLogger("dev.futures");

    private final String poolName;

    private final CacheFormat format;

    private final Path file;

    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private State state;

    private StartupCache(String poolName, CacheFormat format, Path file, State state) {
        this.poolName = poolName;
        this.format = format;
        this.file = file;
        this.state = state;
    }

    /**
     * Returns the cache of a pool, or {@code null} and a warning in the log if there can
     * be none.
     * @param directory the directory for it, which is made if need be
     * @param poolName the pool
     * @param jvm the JVMs of the pool
     * @param classes what they load classes from
     * @param arguments what they are started with
     */
    static @Nullable StartupCache open(Path directory, String poolName, WorkerJvm jvm, ClassPathSnapshot classes,
            List<String> arguments) {
        try {
            String objection = objection(jvm, classes.classPath());
            if (objection == null) {
                objection = CacheDirectory.prepare(directory);
            }
            if (objection == null) {
                List<String> key = new ArrayList<>(List.of(System.getProperty("java.vm.name", ""),
                        System.getProperty("java.vm.version", ""), System.getProperty("os.arch", "")));
                key.addAll(classes.describe());
                arguments.stream().filter(StartupCache::matters).forEach(key::add);
                return open(directory.toRealPath(), poolName, key);
            }
            logger.log(Level.WARNING, "pool '" + poolName + "' does without its startupCache: " + objection);
        }
        catch (IOException | RuntimeException ex) {
            logger.log(Level.WARNING,
                    "pool '" + poolName + "' does without its startupCache " + directory.toAbsolutePath(), ex);
        }
        return null;
    }

    /**
     * A file depends neither on the heap, which differs as a pool is resized, nor on
     * system properties, which may differ from run to run.
     */
    private static boolean matters(String argument) {
        return !argument.startsWith("-Xmx") && !argument.startsWith("-D");
    }

    private static StartupCache open(Path directory, String poolName, List<String> key) throws IOException {
        CacheFormat format = CacheFormat.ofThisJvm();
        Path file = directory.resolve(fileName(poolName, key) + format.suffix());
        boolean there = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
        if (there && Files.isWritable(directory)) {
            // it is in use, and so not to be tidied away
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        }
        return new StartupCache(poolName, format, file, there ? State.THERE : State.MISSING);
    }

    /** Says why no file could be made or used, or returns null. */
    private static @Nullable String objection(WorkerJvm jvm, ClassPath classPath) throws IOException {
        if (jvm.java() != null && !Files.isSameFile(jvm.java(), JavaExecutable.find(null))) {
            return "the pool has a java of its own, and a cache is for the java of this JVM";
        }
        for (String option : jvm.options()) {
            if (CacheFormat.isChosenBy(option)) {
                return "jvmOptions has " + option + ", which says what is to be done instead";
            }
        }
        for (Path entry : classPath.classes()) {
            String[] files = entry.toFile().list();
            if (files != null && files.length > 0) {
                return "a JVM can keep classes of jars only, and " + entry
                        + " is a directory; start the application from its jars";
            }
        }
        return null;
    }

    /** The readable part is for whoever looks into the directory. */
    static String fileName(String poolName, List<String> key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : List.of(poolName, String.join("\n", key))) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            String readable = poolName.replaceAll("[^A-Za-z0-9_-]", "_");
            return readable.substring(0, Math.min(40, readable.length())) + "-"
                    + HexFormat.of().formatHex(digest.digest(), 0, 16);
        }
        catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("every Java has SHA-256", ex);
        }
    }

    /** Returns the options of a process that is to be started with it, if it is there. */
    List<String> use() {
        return (state() == State.THERE) ? this.format.use(this.file) : List.of();
    }

    boolean isMissing() {
        return state() == State.MISSING;
    }

    /** Whether it is not used, and will not be made. */
    boolean isGivenUp() {
        return state() == State.GIVEN_UP;
    }

    /** Returns what is to be made now, or null if that is being done or hopeless. */
    @Nullable Training train() {
        this.lock.lock();
        try {
            if (this.state != State.MISSING) {
                return null;
            }
            // whatever comes of it, once is enough
            this.state = State.GIVEN_UP;
            return new Training(this.file.resolveSibling(
                    this.file.getFileName() + "." + ProcessHandle.current().pid() + CacheDirectory.UNFINISHED));
        }
        finally {
            this.lock.unlock();
        }
    }

    /** A process that was started with it did not get ready: nobody uses it any more. */
    void discard(Throwable failure) {
        this.lock.lock();
        try {
            if (this.state != State.THERE) {
                return;
            }
            this.state = State.GIVEN_UP;
        }
        finally {
            this.lock.unlock();
        }
        logger.log(Level.WARNING, "pool '" + this.poolName + "' does without its startupCache from now on, and has "
                + "deleted " + this.file + ": " + failure.getMessage());
        CacheDirectory.delete(this.file);
    }

    private State state() {
        this.lock.lock();
        try {
            return this.state;
        }
        finally {
            this.lock.unlock();
        }
    }

    private void set(State next) {
        this.lock.lock();
        try {
            this.state = next;
        }
        finally {
            this.lock.unlock();
        }
    }

    private enum State {

        MISSING, THERE, GIVEN_UP

    }

    /** One go at making the file. */
    final class Training implements AutoCloseable {

        private final Path unfinished;

        private Training(Path unfinished) {
            this.unfinished = unfinished;
        }

        /** Returns the options of the process that makes it when it ends. */
        List<String> options() {
            return StartupCache.this.format.make(this.unfinished);
        }

        /** That process has ended as it should. */
        void finish() throws IOException {
            if (!Files.isRegularFile(this.unfinished)) {
                throw new IOException("its JVM made none, as JVMs do with a debugger or another agent");
            }
            Files.move(this.unfinished, StartupCache.this.file, StandardCopyOption.ATOMIC_MOVE);
            set(State.THERE);
            logger.log(Level.INFO,
                    () -> "pool '" + StartupCache.this.poolName + "' has its startupCache: " + StartupCache.this.file);
            Path parent = StartupCache.this.file.getParent();
            if (parent != null) {
                CacheDirectory.tidyUp(parent);
            }
        }

        @Override
        public void close() {
            StartupCache.this.format.leftOvers(this.unfinished).forEach(CacheDirectory::delete);
        }

    }

}
