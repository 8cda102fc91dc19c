// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SocketChannel;

/**
 * The main class of a worker process. Reads its bootstrap from standard input, connects
 * to its parent and serves it.
 */
final class WorkerMain {

    /** Exit status of a child whose parent is gone. */
    static final int PARENT_GONE = 113;

    private WorkerMain() {
    }

    public static void main(String[] args) throws Exception {
        InputStream lifeLine = System.in;
        System.setIn(InputStream.nullInputStream());
        Bootstrap bootstrap = Bootstrap.readFrom(lifeLine);
        watch(lifeLine);
        ignoreInterruptFromTerminal();
        try (SocketChannel channel = SocketChannel.open(bootstrap.address())) {
            Connection connection = Connection.trusting(channel, bootstrap.maxPayload());
            connection.send(new Frame(Frame.Kind.HELLO, ProcessHandle.current().pid(), bootstrap.secret()));
            new WorkerLoop(connection, bootstrap.maxPayload()).run();
        }
        catch (IOException ex) {
            System.err.println("the connection to the parent broke: " + ex);
            Runtime.getRuntime().halt(PARENT_GONE);
        }
    }

    /** The parent never writes again: the end of the stream means that it is gone. */
    private static void watch(InputStream lifeLine) {
        Thread watcher = new Thread(() -> {
            try {
                lifeLine.transferTo(OutputStream.nullOutputStream());
            }
            catch (IOException ex) {
                // the same as its end
            }
            Runtime.getRuntime().halt(PARENT_GONE);
        }, "futures-life-line");
        watcher.setDaemon(true);
        watcher.start();
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
