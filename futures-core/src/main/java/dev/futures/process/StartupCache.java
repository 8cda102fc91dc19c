// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.File;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import org.jspecify.annotations.Nullable;

/**
 * A file with the classes that a worker loads until it is ready, as the JVM lays them out
 * in memory: an AOT cache (JEP 483) or, before Java 25, an archive of class data (JEP
 * 350). It is made by a process that does what every worker does until it is ready, and
 * then ends without having seen a task.
 * <p>
 * The file is what the JVM would load as code. It is used only if nobody but this user
 * and root can have written it and it is as it was made, and a JVM that does not come up
 * with it is the last one that is started with it.
 */
final class StartupCache {

    private static final Logger logger = System.getLogger("dev.futures");

    private static final Pattern UNNAMED = Pattern.compile("^ProcessPoolExecutor-\\d+$");

    private final String poolName;

    private final CacheFormat format;

    private final CacheDirectory directory;

    /** How the names of its files begin. */
    private final String name;

    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private @Nullable Path file;

    /** No file is used, nor will one be made. */
    @GuardedBy("lock")
    private boolean givenUp;

    private StartupCache(String poolName, CacheFormat format, CacheDirectory directory, String name) {
        this.poolName = poolName;
        this.format = format;
        this.directory = directory;
        this.name = name;
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
            String objection = objection(directory, jvm, classes.classPath());
            if (objection == null) {
                List<String> key = new ArrayList<>(List.of(System.getProperty("java.vm.name", ""),
                        System.getProperty("java.vm.version", ""), System.getProperty("os.arch", "")));
                key.addAll(classes.describe());
                arguments.stream().filter(StartupCache::matters).forEach(key::add);
                return open(CacheDirectory.prepare(directory), poolName, key);
            }
            logger.log(Level.WARNING, "pool '" + poolName + "' does without its startupCache: " + objection);
        }
        catch (CacheDirectory.UnsafeException ex) {
            logger.log(Level.WARNING, "pool '" + poolName + "' does without its startupCache: " + ex.getMessage());
        }
        catch (IOException | RuntimeException ex) {
            logger.log(Level.WARNING, "pool '" + poolName + "' does without its startupCache " + directory
                    + ", which cannot be used: " + ex);
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

    private static StartupCache open(CacheDirectory directory, String poolName, List<String> key) throws IOException {
        StartupCache cache = new StartupCache(poolName, CacheFormat.ofThisJvm(), directory, fileName(poolName, key));
        Path file = cache.find();
        boolean hopeless = file == null && !Files.isWritable(directory.path());
        if (hopeless) {
            logger.log(Level.WARNING,
                    "pool '" + poolName + "' does without its startupCache: there is none for it in " + directory.path()
                            + ", which cannot be written; make it beforehand with the same Java, jars "
                            + "and options");
        }
        cache.set(file, hopeless);
        directory.tidyUp();
        return cache;
    }

    private @Nullable Path find() throws IOException {
        return this.directory.find(this.name, this.format.suffix());
    }

    /** Says why no file could be made or used, or returns null. */
    private static @Nullable String objection(Path directory, WorkerJvm jvm, ClassPath classPath) throws IOException {
        if (directory.toString().contains(File.pathSeparator)) {
            return "a JVM takes " + directory + " for several paths; choose a directory without '" + File.pathSeparator
                    + "'";
        }
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

    /**
     * The readable part is for whoever looks into the directory. Pools without a name of
     * their own share one, or each would make a file.
     */
    static String fileName(String pool, List<String> key) {
        String poolName = UNNAMED.matcher(pool).replaceFirst("ProcessPoolExecutor");
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
        this.lock.lock();
        try {
            return (this.file != null) ? this.format.use(this.file) : List.of();
        }
        finally {
            this.lock.unlock();
        }
    }

    boolean isMissing() {
        this.lock.lock();
        try {
            return this.file == null && !this.givenUp;
        }
        finally {
            this.lock.unlock();
        }
    }

    /** Whether it is not used, and will not be made. */
    boolean isGivenUp() {
        this.lock.lock();
        try {
            return this.givenUp;
        }
        finally {
            this.lock.unlock();
        }
    }

    /** Returns what is to be made now, or null if that is being done or hopeless. */
    @Nullable Training train() {
        this.lock.lock();
        try {
            if (this.file != null || this.givenUp) {
                return null;
            }
            // whatever comes of it, once is enough
            this.givenUp = true;
            return new Training(this.directory.path()
                .resolve(this.name + this.format.suffix() + "." + UUID.randomUUID() + CacheDirectory.UNFINISHED));
        }
        finally {
            this.lock.unlock();
        }
    }

    /** A JVM did not come up with it: nobody uses it any more. */
    void discard(Throwable failure) {
        Path discarded;
        this.lock.lock();
        try {
            discarded = this.file;
            if (discarded == null) {
                return;
            }
            this.file = null;
            this.givenUp = true;
        }
        finally {
            this.lock.unlock();
        }
        String deleted = CacheDirectory.delete(discarded) ? ", and has deleted " + discarded
                : "; delete " + discarded + ", or the next run fares no better";
        logger.log(Level.WARNING, "pool '" + this.poolName + "' does without its startupCache from now on" + deleted
                + ": " + failure.getMessage());
    }

    private void set(@Nullable Path newFile, boolean hopeless) {
        this.lock.lock();
        try {
            this.file = newFile;
            this.givenUp = hopeless;
        }
        finally {
            this.lock.unlock();
        }
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
            StartupCache cache = StartupCache.this;
            Path finished = Files.isRegularFile(this.unfinished)
                    ? cache.directory.finish(this.unfinished, cache.name, cache.format.suffix()) : cache.find();
            if (finished == null) {
                throw new IOException(
                        "its JVM wrote none; that happens when the disk is full or cannot be written, with a "
                                + "debugger or another agent, and from Java 25 on with a class path of more than 128 KiB");
            }
            cache.set(finished, false);
            logger.log(Level.INFO, () -> "pool '" + cache.poolName + "' has its startupCache: " + finished);
        }

        /** That process was ended because the pool has no worker any more. */
        void abort() {
            StartupCache cache = StartupCache.this;
            cache.lock.lock();
            try {
                // it may have finished just before
                cache.givenUp &= cache.file != null;
            }
            finally {
                cache.lock.unlock();
            }
        }

        @Override
        public void close() {
            StartupCache.this.format.leftOvers(this.unfinished).forEach(CacheDirectory::delete);
        }

    }

}
