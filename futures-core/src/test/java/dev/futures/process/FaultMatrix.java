// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.futures.support.LeakCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every fault at every step in every shape of pool, under one policy. What has to happen
 * is in {@link FaultTable}. The property {@code matrix.repeat} says how many times.
 */
@ExtendWith(LeakCheck.class)
abstract class FaultMatrix {

    private static final int REPETITIONS = Integer.getInteger("matrix.repeat", 1);

    private final PoolShelf shelf;

    private final Map<PoolShape, Map<FaultKind, Farewell>> farewells = new EnumMap<>(PoolShape.class);

    @TempDir
    private Path directory;

    FaultMatrix(DeathPolicy policy) {
        this.shelf = new PoolShelf(policy);
    }

    /** Whether a cell is to be run. */
    abstract boolean includes(FaultStep step, FaultKind kind, PoolShape shape);

    @AfterEach
    void close() throws InterruptedException {
        this.shelf.close();
    }

    @TestFactory
    Stream<DynamicTest> taskEncode() {
        return cells(FaultStep.TASK_ENCODE);
    }

    @TestFactory
    Stream<DynamicTest> taskDecode() {
        return cells(FaultStep.TASK_DECODE);
    }

    @TestFactory
    Stream<DynamicTest> initializer() {
        return cells(FaultStep.INITIALIZER);
    }

    @TestFactory
    Stream<DynamicTest> run() {
        return cells(FaultStep.RUN);
    }

    @TestFactory
    Stream<DynamicTest> resultEncode() {
        return cells(FaultStep.RESULT_ENCODE);
    }

    @TestFactory
    Stream<DynamicTest> resultDecode() {
        return cells(FaultStep.RESULT_DECODE);
    }

    @TestFactory
    Stream<DynamicTest> idle() {
        return cells(FaultStep.IDLE);
    }

    @TestFactory
    Stream<DynamicTest> shuttingDown() {
        return cells(FaultStep.SHUTTING_DOWN);
    }

    private Stream<DynamicTest> cells(FaultStep step) {
        List<DynamicTest> tests = new ArrayList<>();
        for (int repetition = 1; repetition <= REPETITIONS; repetition++) {
            for (PoolShape shape : PoolShape.values()) {
                for (FaultKind kind : FaultKind.values()) {
                    if (includes(step, kind, shape)) {
                        String name = this.shelf.policy() + ": " + kind + " at " + step + ", " + shape;
                        tests.add(DynamicTest.dynamicTest(name, () -> cell(step, kind, shape).run(this.directory)));
                    }
                }
            }
        }
        return tests.stream();
    }

    private FaultCell cell(FaultStep step, FaultKind kind, PoolShape shape) throws Exception {
        return switch (step) {
            case INITIALIZER -> new StartFaultCell(kind, shape, this.shelf);
            case SHUTTING_DOWN -> new ShutdownFaultCell(kind, shape, this.shelf, farewell(kind, shape));
            default -> new TaskFaultCell(step, kind, shape, this.shelf);
        };
    }

    /** Begins with the slow ones of all shapes, so that they take their time together. */
    private Farewell farewell(FaultKind kind, PoolShape shape) throws Exception {
        if (this.farewells.isEmpty()) {
            for (PoolShape each : PoolShape.values()) {
                this.farewells.put(each, new EnumMap<>(FaultKind.class));
                for (FaultKind slow : List.of(FaultKind.EXIT, FaultKind.ENDLESS_LOOP, FaultKind.SIGSTOP)) {
                    if (includes(FaultStep.SHUTTING_DOWN, slow, each)) {
                        this.farewells.get(each).put(slow, Farewell.begin(slow, each, this.shelf, this.directory));
                    }
                }
            }
        }
        Farewell begun = this.farewells.get(shape).remove(kind);
        return (begun != null) ? begun : Farewell.begin(kind, shape, this.shelf, this.directory);
    }

}
