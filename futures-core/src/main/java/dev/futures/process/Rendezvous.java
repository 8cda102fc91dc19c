// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

import org.jspecify.annotations.Nullable;

/**
 * Where a parent waits for its child to connect: a Unix domain socket, or a loopback port
 * where that cannot be. Whoever connects and does not know the secret is turned away, and
 * cannot hold up the child by saying nothing.
 */
final class Rendezvous implements Closeable {

    /**
     * The system property that, when it is {@code loopback}, has parent and child talk
     * over a loopback port even where there are Unix domain sockets: a way out for file
     * systems and systems where these fail in an unforeseen way.
     */
    static final String TRANSPORT_PROPERTY = "futures.worker.transport";

    private static final int MAX_STRANGERS = 16;

    private static final SecureRandom random = new SecureRandom();

    private final Selector selector;

    private final ServerSocketChannel server;

    /** Those who have connected and not said the secret, oldest first. */
    private final Deque<Connection> strangers = new ArrayDeque<>();

    private final byte[] secret = new byte[Bootstrap.SECRET_LENGTH];

    // volatile: set by whoever knows that nobody will come
    private volatile boolean aborted;

    private Rendezvous(ServerSocketChannel server) throws IOException {
        this.server = server;
        this.selector = Selector.open();
        random.nextBytes(this.secret);
        server.configureBlocking(false);
        server.register(this.selector, SelectionKey.OP_ACCEPT);
    }

    static Rendezvous open(Path socketFile) throws IOException {
        ServerSocketChannel server = bind(socketFile);
        try {
            return new Rendezvous(server);
        }
        catch (IOException ex) {
            server.close();
            throw ex;
        }
    }

    private static ServerSocketChannel bind(Path socketFile) throws IOException {
        if ("loopback".equals(System.getProperty(TRANSPORT_PROPERTY))) {
            return bindLoopback();
        }
        ServerSocketChannel unix = null;
        try {
            unix = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            return unix.bind(UnixDomainSocketAddress.of(socketFile));
        }
        catch (UnsupportedOperationException | SocketException ex) {
            // an old Windows, or a path longer than such a socket can have
            if (unix != null) {
                unix.close();
            }
            return bindLoopback();
        }
    }

    private static ServerSocketChannel bindLoopback() throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        try {
            return server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        }
        catch (IOException ex) {
            server.close();
            throw ex;
        }
    }

    /** Frames are small and wait for an answer: TCP must not wait for more to send. */
    static void withoutDelay(SocketChannel channel) throws IOException {
        if (channel.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
    }

    SocketAddress address() throws IOException {
        return this.server.getLocalAddress();
    }

    byte[] secret() {
        return this.secret.clone();
    }

    /** Makes {@link #accept} give up. Called by any thread. */
    void abort() {
        this.aborted = true;
        this.selector.wakeup();
    }

    /**
     * Waits for the one that knows the secret.
     * @param deadline when to give up, as {@link System#nanoTime()}
     * @param maxPayload the limit on frames from then on
     * @return the connection, or {@code null} if nobody came in time
     */
    @Nullable Connection accept(long deadline, int maxPayload) throws IOException {
        while (!this.aborted && deadline - System.nanoTime() > 0) {
            this.selector.select(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
            for (Iterator<SelectionKey> keys = this.selector.selectedKeys().iterator(); keys.hasNext();) {
                SelectionKey key = keys.next();
                keys.remove();
                Connection connection = key.isValid() ? greet(key) : null;
                if (connection != null) {
                    connection.maxPayload(maxPayload);
                    return connection;
                }
            }
        }
        return null;
    }

    private @Nullable Connection greet(SelectionKey key) throws IOException {
        if (key.isAcceptable()) {
            SocketChannel candidate = this.server.accept();
            if (candidate != null) {
                turnAwayOldest();
                candidate.configureBlocking(false);
                withoutDelay(candidate);
                Connection stranger = new Connection(candidate, Bootstrap.SECRET_LENGTH);
                candidate.register(this.selector, SelectionKey.OP_READ, stranger);
                this.strangers.add(stranger);
            }
            return null;
        }
        Connection connection = (Connection) key.attachment();
        Boolean verdict = knowsSecret(connection);
        if (verdict != null) {
            key.cancel();
            this.strangers.remove(connection);
        }
        if (Boolean.FALSE.equals(verdict)) {
            connection.close();
        }
        return Boolean.TRUE.equals(verdict) ? connection : null;
    }

    /** The child speaks at once: it is not among those who have been silent for long. */
    private void turnAwayOldest() throws IOException {
        if (this.strangers.size() >= MAX_STRANGERS) {
            this.strangers.remove().close();
        }
    }

    /** Returns null as long as it has not said enough. */
    private @Nullable Boolean knowsSecret(Connection connection) {
        try {
            boolean open = connection.fill() >= 0;
            Frame hello = connection.next();
            if (hello == null) {
                return open ? null : Boolean.FALSE;
            }
            return hello.kind() == Frame.Kind.HELLO && MessageDigest.isEqual(hello.payload(), this.secret);
        }
        catch (IOException ex) {
            return Boolean.FALSE;
        }
    }

    @Override
    public void close() throws IOException {
        for (Connection stranger : this.strangers) {
            stranger.close();
        }
        this.server.close();
        this.selector.close();
    }

}
