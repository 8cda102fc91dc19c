// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * A worker process and all that it has started. While it lives, its descendants are known
 * by their parents. Once it has died they are orphans, which are known by a variable of
 * their environment that they have inherited: its value is the path of the worker, so
 * that workers of workers belong to it as well.
 * <p>
 * Orphans are found where there is a {@code /proc} as Linux has it; elsewhere only what
 * is found while the worker lives is ended. What nobody finds: an orphan that has cleared
 * or overwritten its environment, or that runs as another user.
 */
final class ProcessTree {

    static final String VARIABLE = "FUTURES_WORKER_ID";

    private static final Logger logger = System.getLogger("dev.futures");

    /** Against one that starts processes faster than they are killed. */
    private static final int MAX_ROUNDS = 100;

    /** More than Linux allows an environment to have. */
    private static final int MAX_ENVIRONMENT = 8 * 1024 * 1024;

    private static final long LAST_SECONDS = 2;

    private static final File PROCESSES = new File("/proc");

    private final ProcessHandle root;

    private final String id;

    private final Optional<Instant> started;

    /**
     * Creates a tree.
     * @param root the worker process, which was started with the id in its environment
     * @param id what {@link #mark} has returned
     */
    ProcessTree(ProcessHandle root, String id) {
        this.root = root;
        this.id = id;
        this.started = root.info().startInstant();
    }

    /** Puts a new id into the environment of a process that is about to be started. */
    static String mark(Map<String, String> environment) {
        String outer = System.getenv(VARIABLE);
        String id = ((outer != null) ? outer + "/" : "") + UUID.randomUUID();
        environment.put(VARIABLE, id);
        return id;
    }

    /** Kills the process, first of all, and those that it is known to have started. */
    void kill() {
        List<ProcessHandle> descendants = List.of();
        try {
            // not known any more once the root is dead
            descendants = this.root.descendants().filter(this::isLater).toList();
        }
        catch (RuntimeException ex) {
            logger.log(Level.WARNING, "what worker process " + this.root.pid() + " has started may survive it", ex);
        }
        finally {
            kill(this.root);
        }
        descendants.forEach(ProcessTree::kill);
    }

    /**
     * Kills what the process has left behind. It has to be dead: until then it may start
     * more. Reads the environment of every process that it may read, which takes some
     * milliseconds where there are hundreds of them, and waits some seconds at most if
     * one of them does not answer.
     */
    void sweep() {
        bounded(this::sweepNow, "what worker process " + this.root.pid() + " has left behind may survive it");
    }

    /** Not even a file system that does not answer may hold up whoever calls this. */
    private static void bounded(Runnable action, String otherwise) {
        try {
            Thread thread = new Thread(null, action, "futures-sweep", 0, false);
            thread.setDaemon(true);
            thread.start();
            thread.join(TimeUnit.SECONDS.toMillis(LAST_SECONDS));
            if (thread.isAlive()) {
                logger.log(Level.WARNING, otherwise);
            }
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        catch (OutOfMemoryError ex) {
            logger.log(Level.WARNING, otherwise, ex);
        }
    }

    private void sweepNow() {
        Set<ProcessHandle> killed = new LinkedHashSet<>();
        boolean all = sweep(this.id, this.started, killed);
        killed.remove(this.root);
        if (!all) {
            logger.log(Level.WARNING, "worker process " + this.root.pid() + " has left behind processes that start "
                    + "others as fast as they are killed; look for " + VARIABLE + "=" + this.id);
        }
        else if (!killed.isEmpty()) {
            logger.log(Level.INFO,
                    "worker process " + this.root.pid() + " had left behind "
                            + ((killed.size() == 1) ? "a process, which was" : killed.size() + " processes, which were")
                            + " killed");
        }
    }

    /**
     * Kills what this process has started, for a worker that is about to end because its
     * parent is gone. Takes at most some seconds and throws nothing.
     */
    static void killDescendants() {
        try {
            // not even a file system that does not answer may keep the worker alive
            Thread thread = new Thread(ProcessTree::killDescendantsNow, "futures-last-sweep");
            thread.setDaemon(true);
            thread.start();
            thread.join(TimeUnit.SECONDS.toMillis(LAST_SECONDS));
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        catch (Throwable ex) {
            System.err.println("what this process has started may survive it: " + ex);
        }
    }

    private static void killDescendantsNow() {
        ProcessHandle current = ProcessHandle.current();
        try {
            current.descendants().forEach(ProcessTree::kill);
        }
        finally {
            String id = System.getenv(VARIABLE);
            if (id != null) {
                boolean unused = sweep(id, current.info().startInstant(), new LinkedHashSet<>());
            }
        }
    }

    /** What is killed may have started another just before: again until none is found. */
    private static boolean sweep(String id, Optional<Instant> started, Set<ProcessHandle> killed) {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            List<ProcessHandle> found = marked(id);
            // the dying are still there for a while, but start nothing any more
            found.removeIf((process) -> killed.contains(process) || !isLater(process, started));
            if (found.isEmpty()) {
                return true;
            }
            found.forEach(ProcessTree::kill);
            killed.addAll(found);
        }
        return false;
    }

    private static List<ProcessHandle> marked(String id) {
        List<ProcessHandle> found = new ArrayList<>();
        String[] names = PROCESSES.list();
        for (String name : (names != null) ? names : new String[0]) {
            if (!Character.isDigit(name.charAt(0)) || !isMarked(name, id)) {
                continue;
            }
            ProcessHandle process = ProcessHandle.of(Long.parseLong(name)).orElse(null);
            // again, now that the handle says which process it is that has this pid
            if (process != null && !process.equals(ProcessHandle.current()) && isMarked(name, id)) {
                found.add(process);
            }
        }
        return found;
    }

    private static boolean isMarked(String pid, String id) {
        // a stream: a channel would be closed if this thread is interrupted
        try (InputStream in = new FileInputStream(new File(new File(PROCESSES, pid), "environ"))) {
            return isMarked(in.readNBytes(MAX_ENVIRONMENT), id);
        }
        catch (IOException ex) {
            // it has ended, or belongs to somebody else
            return false;
        }
    }

    /** Whether the given environment is that of the worker or of a worker below it. */
    static boolean isMarked(byte[] environment, String id) {
        String variables = '\0' + new String(environment, StandardCharsets.ISO_8859_1) + '\0';
        String wanted = new String(('\0' + VARIABLE + '=' + id).getBytes(StandardCharsets.UTF_8),
                StandardCharsets.ISO_8859_1);
        return variables.contains(wanted + '\0') || variables.contains(wanted + '/');
    }

    private boolean isLater(ProcessHandle process) {
        return isLater(process, this.started);
    }

    /** An older process cannot be a descendant: its pid was used before. */
    private static boolean isLater(ProcessHandle process, Optional<Instant> started) {
        Instant start = process.info().startInstant().orElse(null);
        return start == null || started.isEmpty() || !start.isBefore(started.get());
    }

    @SuppressWarnings("ReturnValueIgnored")
    private static void kill(@Nullable ProcessHandle process) {
        if (process != null) {
            // of the handle: that of the process would also close its streams
            process.destroyForcibly();
        }
    }

}
