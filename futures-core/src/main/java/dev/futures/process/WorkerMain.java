// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicReference;

import dev.futures.serial.Failure;
import org.jspecify.annotations.Nullable;

/**
 * The main class of a worker process. Reads its bootstrap from standard input, connects
 * to its parent and serves it.
 */
final class WorkerMain {

    /** Exit status of a child whose parent is gone. */
    static final int PARENT_GONE = 113;

    private WorkerMain() {
    }

    public static void main(String[] args) throws IOException {
        OutOfMemoryScore.raise(OutOfMemoryScore.FILE);
        LifeLine lifeLine = LifeLine.ofThisProcess();
        System.setIn(InputStream.nullInputStream());
        Bootstrap bootstrap = Bootstrap.readFrom(lifeLine.stream());
        AtomicReference<@Nullable Assignment> tasks = new AtomicReference<>();
        follow(lifeLine, tasks);
        ignoreInterruptFromTerminal();
        // anybody could interrupt this thread at any time
        Thread runner = new RunnerThread(() -> serve(bootstrap, lifeLine, tasks), Thread.currentThread().getName());
        runner.setContextClassLoader(Thread.currentThread().getContextClassLoader());
        runner.start();
    }

    private static void serve(Bootstrap bootstrap, LifeLine lifeLine, AtomicReference<@Nullable Assignment> tasks) {
        try (SocketChannel channel = SocketChannel.open(bootstrap.address())) {
            Rendezvous.withoutDelay(channel);
            Connection connection = Connection.trusting(channel, bootstrap.maxPayload());
            connection.send(new Frame(Frame.Kind.HELLO, ProcessHandle.current().pid(), bootstrap.secret()));
            Assignment assignment = new Assignment(Thread.currentThread(), new ProgressOutbox(connection));
            assignment.provideContexts();
            tasks.set(assignment);
            leaveWhenItEnds(assignment, channel);
            new WorkerLoop(connection, bootstrap, assignment, lifeLine::release).run();
        }
        catch (IOException ex) {
            Assignment assignment = tasks.get();
            if (assignment != null && assignment.isLeaving()) {
                return;
            }
            System.err.println("the connection to the parent broke: " + ex);
            leave();
        }
        catch (Throwable ex) {
            System.err.println("the worker failed: " + Failure.describe(ex));
            System.exit(1);
        }
    }

    /**
     * A JVM that was told to exit goes on for a while. It must not take a task meanwhile,
     * and its parent need not wait until it is gone: what has been read by now is
     * answered, what has not been read never is, and then the channel is closed.
     */
    private static void leaveWhenItEnds(Assignment assignment, SocketChannel channel) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            assignment.leave();
            try {
                SocketChannel unused = channel.shutdownInput();
            }
            catch (IOException ex) {
                // it is closed: there is no parent, or no further task, any more
                return;
            }
        }, "futures-leaving"));
    }

    /** The end of the line means that the parent is gone. */
    private static void follow(LifeLine lifeLine, AtomicReference<@Nullable Assignment> tasks) {
        Thread follower = new RunnerThread(() -> {
            boolean orphaned = lifeLine.follow((id) -> {
                Assignment assignment = tasks.get();
                if (assignment != null) {
                    assignment.stop(id);
                }
            });
            if (orphaned) {
                leave();
            }
        }, "futures-life-line");
        follower.setDaemon(true);
        follower.start();
    }

    /** Ends this process because nobody wants it any more, and what it has started. */
    static void leave() {
        try {
            ProcessTree.killDescendants();
        }
        finally {
            Runtime.getRuntime().halt(PARENT_GONE);
        }
    }

    /**
     * Ctrl-C in a terminal reaches the whole process group: it is for the parent to
     * decide what becomes of its workers. By reflection, since the class is not part of
     * the platform's API; without it a worker just ends.
     */
    private static void ignoreInterruptFromTerminal() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            signal.getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance("INT"),
                        handler.getField("SIG_IGN").get(null));
        }
        catch (ReflectiveOperationException ex) {
            return;
        }
    }

}
