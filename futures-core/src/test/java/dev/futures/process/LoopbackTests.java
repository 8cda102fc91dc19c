// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.futures.Future;
import dev.futures.TaskAction;
import dev.futures.support.Await;
import dev.futures.support.Gate;
import dev.futures.support.JavaProgram;
import dev.futures.support.LeakCheck;
import dev.futures.support.Work;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where there can be no Unix domain socket, a pool works as well.
 */
@ExtendWith(LeakCheck.class)
class LoopbackTests {

    @TempDir
    private Path directory;

    @BeforeEach
    void choose() {
        System.setProperty(Rendezvous.TRANSPORT_PROPERTY, "loopback");
    }

    @AfterEach
    void restore() {
        System.clearProperty(Rendezvous.TRANSPORT_PROPERTY);
    }

    @Test
    void bothSidesSendAtOnce() throws Exception {
        try (Rendezvous rendezvous = Rendezvous.open(this.directory.resolve("s"))) {
            assertThat(rendezvous.address()).isInstanceOf(InetSocketAddress.class);
            try (SocketChannel child = SocketChannel.open(rendezvous.address())) {
                Rendezvous.withoutDelay(child);
                assertThat(child.getOption(StandardSocketOptions.TCP_NODELAY)).isTrue();
                new Connection(child, 100).send(new Frame(Frame.Kind.HELLO, 1, rendezvous.secret()));
                try (Connection parent = rendezvous.accept(System.nanoTime() + Await.PATIENCE.toNanos(), 100)) {
                    assertThat(parent.channel().getOption(StandardSocketOptions.TCP_NODELAY)).isTrue();
                }
            }
        }
    }

    @Test
    void largePayloadsTravelBothWays() throws Exception {
        byte[] content = new byte[8 * 1024 * 1024];
        new Random(1).nextBytes(content);
        try (ProcessPoolExecutor pool = Pools.builder(2).maxHeap(128 * 1024 * 1024).build()) {
            List<Future<byte[]>> futures = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                futures.add(pool.submit(() -> content));
            }
            for (Future<byte[]> future : futures) {
                assertThat(future.result(Await.PATIENCE)).isEqualTo(content);
            }
        }
    }

    @Test
    void manySmallTasksAreAnswered() throws Exception {
        try (ProcessPoolExecutor pool = Pools.builder(2).build()) {
            List<Future<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                int number = i;
                futures.add(pool.submit(() -> number));
            }
            for (int i = 0; i < futures.size(); i++) {
                assertThat(futures.get(i).result(Await.PATIENCE)).isEqualTo(i);
            }
        }
    }

    @Test
    void aDeathIsNoticedAndHealed() throws Exception {
        Gate gate = Gate.in(this.directory);
        try (ProcessPoolExecutor pool = Pools.builder(1).build()) {
            Future<?> running = pool.submit((TaskAction) gate::blockForEver);
            gate.awaitEntered(1);
            ProcessHandle.of(pool.statistics().workers().get(0).pid()).orElseThrow().destroyForcibly();
            assertThat(running.exception(Await.PATIENCE)).isInstanceOf(WorkerDiedException.class)
                .hasMessageContaining("SIGKILL");
            assertThat(pool.submit(() -> 2).result(Await.PATIENCE)).isEqualTo(2);
        }
    }

    @Test
    void whatWaitsIsCancelledAndWhatRunsIsKilled() throws Exception {
        Gate gate = Gate.in(this.directory);
        ProcessPoolExecutor pool = Pools.builder(1).build();
        Future<?> running = pool.submit((TaskAction) gate::blockForEver);
        Future<Long> waiting = pool.submit(Work::pid);
        gate.awaitEntered(1);
        assertThat(waiting.cancel()).isTrue();
        pool.killWorkers();
        assertThat(running.exception(Await.PATIENCE)).isInstanceOf(BrokenProcessPoolException.class);
        assertThat(pool.awaitTermination(Await.PATIENCE)).isTrue();
    }

    @Test
    void noWorkerOutlivesItsParent() throws Exception {
        Gate gate = Gate.in(this.directory);
        Path temporary = Files.createDirectory(this.directory.resolve("tmp"));
        try (JavaProgram program = JavaProgram.start(ParentDeathTests.Program.class,
                List.of("-Djava.io.tmpdir=" + temporary, "-D" + Rendezvous.TRANSPORT_PROPERTY + "=loopback"), Map.of(),
                "KILLED", gate.directory().toString())) {
            String[] pids = program.await("workers").split(" ");
            program.kill();
            for (String pid : pids) {
                Await.until("worker " + pid + " is dead", () -> ProcessHandle.of(Long.parseLong(pid)).isEmpty());
            }
        }
    }

}
