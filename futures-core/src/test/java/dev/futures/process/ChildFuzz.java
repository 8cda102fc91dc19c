// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.futures.pool.PoolExecutor;
import dev.futures.pool.WorkItem;
import dev.futures.serial.Parcel;
import dev.futures.thread.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * A child that says anything at any time: its parent takes the first answer to the task
 * that it has sent, and refuses everything else.
 */
public final class ChildFuzz {

    private static final int MAX_PAYLOAD = 128 * 1024;

    private static final int MAX_STEPS = 64;

    private static final PoolExecutor POOL = new ThreadPoolExecutor(1);

    private static final WorkItem<?> ITEM;

    private static final WorkerProcess CHILD;

    private static final ServerSocketChannel SERVER;

    static {
        try {
            POOL.pause();
            ITEM = (WorkItem<?>) POOL.submit(() -> 1);
            CHILD = new WorkerProcess(new NoProcess(), "id", "pool", "worker");
            Path directory = Files.createTempDirectory("fuzz");
            SERVER = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            SERVER.bind(UnixDomainSocketAddress.of(directory.resolve("s")));
            // the last one first: the directory has to be empty
            directory.toFile().deleteOnExit();
            directory.resolve("s").toFile().deleteOnExit();
        }
        catch (IOException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private final ChildSlot slot = new ChildSlot();

    private final ByteBuffer program;

    private final SocketChannel child;

    private final Connection parent;

    private long tasks;

    private boolean outstanding;

    private long stackWanted;

    private ByteBuffer last = ByteBuffer.allocate(0);

    private ChildFuzz(byte[] data, SocketChannel child, Connection parent) {
        this.program = ByteBuffer.wrap(data);
        this.child = child;
        this.parent = parent;
        this.slot.starting(CHILD);
        this.slot.ready();
    }

    /**
     * Called by the fuzzer.
     * @param data what the child does, step by step
     * @throws Exception if there is something to be mended
     */
    public static void fuzzerTestOneInput(byte[] data) throws Exception {
        try (SocketChannel child = SocketChannel.open(SERVER.getLocalAddress());
                SocketChannel accepted = SERVER.accept()) {
            child.configureBlocking(false);
            accepted.configureBlocking(false);
            new ChildFuzz(data, child, new Connection(accepted, MAX_PAYLOAD)).run();
        }
    }

    private void run() throws IOException {
        try {
            for (int i = 0; i < MAX_STEPS && this.program.hasRemaining(); i++) {
                step(this.program.get());
                listen();
            }
        }
        catch (ProtocolException ex) {
            // the child would be killed now
            return;
        }
    }

    private int argument() {
        return this.program.hasRemaining() ? this.program.get() : 0;
    }

    private byte[] content(int length) {
        byte[] content = new byte[Math.min(length, this.program.remaining())];
        this.program.get(content);
        return content;
    }

    private void step(byte operation) throws IOException {
        switch (operation & 7) {
            case 0 -> sendTask();
            case 1 -> requestStop();
            case 2 -> say(new Frame(Frame.Kind.RESULT, this.tasks, content(argument() & 0xff)));
            case 3 -> say(new Frame(Frame.Kind.FAILURE, this.tasks, content(argument() & 0xff)));
            case 4 -> say(FramesFuzz.write(new Frame(Frame.Kind.RESULT, this.tasks,
                    new Parcel(ByteBuffer.wrap(content(3)), parts(argument())))));
            case 5 -> say(this.last.array().clone());
            case 6 -> say(new Frame(kind(argument()), this.tasks + argument(), content(8)));
            default -> say(content(argument() & 0xff));
        }
    }

    private static List<ByteBuffer> parts(int count) {
        return Collections.nCopies(count & 3, ByteBuffer.allocate(Parcel.MIN_PART));
    }

    private static Frame.Kind kind(int number) {
        Frame.Kind[] kinds = Frame.Kind.values();
        return kinds[Math.floorMod(number, kinds.length)];
    }

    private void requestStop() {
        this.slot.requestStop(ITEM);
        this.stackWanted = this.outstanding ? this.tasks : this.stackWanted;
    }

    private void sendTask() {
        if (this.slot.claim(ITEM, () -> true) == null) {
            must(this.outstanding, "an idle child can be claimed");
            return;
        }
        must(!this.outstanding, "a busy child cannot be claimed");
        try {
            this.slot.send(ITEM, Parcel.EMPTY, CHILD, () -> true);
        }
        catch (IOException ex) {
            // it is connected otherwise than its parent thinks
            this.outstanding = true;
            this.tasks++;
        }
    }

    private void say(Frame frame) throws IOException {
        say(FramesFuzz.write(frame));
    }

    private void say(byte[] bytes) throws IOException {
        this.last = ByteBuffer.wrap(bytes);
        ByteBuffer rest = this.last.duplicate();
        while (rest.hasRemaining()) {
            if (this.child.write(rest) == 0) {
                listen();
            }
        }
    }

    private void listen() throws IOException {
        while (this.parent.fill() > 0) {
            for (Frame frame = this.parent.next(); frame != null; frame = this.parent.next()) {
                hear(frame);
            }
        }
    }

    private void hear(Frame frame) throws ProtocolException {
        boolean answer = frame.kind() == Frame.Kind.RESULT || frame.kind() == Frame.Kind.FAILURE;
        boolean stack = frame.kind() == Frame.Kind.STACK;
        boolean remark = stack || frame.kind() == Frame.Kind.PROGRESS || frame.kind() == Frame.Kind.NOT_BEGUN
                || frame.kind() == Frame.Kind.HEAP;
        boolean current = this.outstanding && frame.id() == this.tasks;
        boolean asked = !stack || frame.id() == this.stackWanted;
        boolean late = remark && !current && frame.id() >= 0 && frame.id() <= this.tasks;
        boolean legal = current && (answer || (remark && asked));
        boolean refused = false;
        @Nullable WorkItem<?> item = null;
        try {
            item = this.slot.answered(frame);
        }
        catch (ProtocolException ex) {
            refused = true;
            throw ex;
        }
        finally {
            must((item == ITEM) == legal && refused == (!legal && !late), frame + " after " + this.tasks + " tasks");
        }
        if (legal && answer) {
            this.slot.decoded();
            this.outstanding = false;
        }
        else if (legal && stack) {
            this.stackWanted = 0;
        }
    }

    private static void must(boolean condition, String rule) {
        if (!condition) {
            throw new AssertionError(rule);
        }
    }

    /** A process that is not there. */
    private static final class NoProcess extends Process {

        @Override
        public OutputStream getOutputStream() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public InputStream getInputStream() {
            return InputStream.nullInputStream();
        }

        @Override
        public InputStream getErrorStream() {
            return InputStream.nullInputStream();
        }

        @Override
        public int waitFor() {
            return 0;
        }

        @Override
        public int exitValue() {
            throw new IllegalThreadStateException("it runs");
        }

        @Override
        public void destroy() {
        }

        @Override
        public long pid() {
            // larger than any real one, so that nobody is hit
            return Integer.MAX_VALUE;
        }

        /** That of nobody: nothing can be killed through it. */
        @Override
        public ProcessHandle toHandle() {
            return (ProcessHandle) Proxy.newProxyInstance(NoProcess.class.getClassLoader(),
                    new Class<?>[] { ProcessHandle.class }, (self, method, arguments) -> switch (method.getName()) {
                        case "pid" -> pid();
                        case "info" -> ProcessHandle.current().info();
                        case "children", "descendants" -> Stream.empty();
                        case "parent" -> Optional.empty();
                        case "hashCode" -> 1;
                        case "toString" -> "nobody";
                        default -> (method.getReturnType() == boolean.class) ? Boolean.FALSE : null;
                    });
        }

    }

}
