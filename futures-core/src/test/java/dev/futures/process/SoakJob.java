// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;

import dev.futures.CloseableIterator;
import dev.futures.Future;
import dev.futures.MapOptions;
import dev.futures.TaskAction;
import dev.futures.TaskOptions;
import dev.futures.support.Work;

/**
 * The kinds of task of a soak, each with what may come of it. Where processes are killed
 * any of them may lose its own.
 */
enum SoakJob {

    /** Returns what it got. */
    SMALL {
        @Override
        SoakOutcome submit(ProcessPoolExecutor pool, Random random) {
            int number = random.nextInt();
            return SoakOutcome.value(pool.submit(() -> number + 1), (result) -> result == number + 1);
        }
    },
    /** More than fits into a socket at once, in both directions. */
    LARGE {
        @Override
        SoakOutcome submit(ProcessPoolExecutor pool, Random random) {
            byte[] bytes = new byte[1 + random.nextInt(600_000)];
            random.nextBytes(bytes);
            return SoakOutcome.value(pool.submit(() -> bytes), (result) -> Arrays.equals(bytes, result));
        }
    },
    THROWING {
        @Override
        SoakOutcome submit(ProcessPoolExecutor pool, Random random) {
            String message = "number " + random.nextInt();
            return SoakOutcome.failure(pool.submit((TaskAction) () -> {
                throw new IllegalStateException(message);
            }), SoakOutcome.OWN_FAILURE,
                    (thrown) -> thrown instanceof IllegalStateException && message.equals(thrown.getMessage()));
        }
    },
    /** Cancelled at once: it is, unless it has begun. */
    CANCELLED_EARLY {
        @Override
        SoakOutcome submit(ProcessPoolExecutor pool, Random random) {
            Future<Integer> future = pool.submit(() -> 1);
            return future.cancel() ? SoakOutcome.cancelled(future) : SoakOutcome.value(future, (result) -> result == 1);
        }
    },
    /** Cancelled by force some time later, when it waits, or runs, or has ended. */
    CANCELLED_LATE {
        @Override
        SoakOutcome submit(ProcessPoolExecutor pool, Random random) {
            boolean endless = random.nextBoolean();
            Future<Integer> future = pool.submit(() -> {
                if (endless) {
                    Work.blockForEver();
                }
                return 1;
            });
            return new SoakOutcome(future) {

                private boolean cancelled;

                @Override
                void provoke() {
                    this.cancelled = future.cancel(true);
                }

                @Override
                String judge(Throwable thrown) throws Exception {
                    if (this.cancelled) {
                        return future.cancelled() ? CANCELLED : null;
                    }
                    return (!endless && thrown == null && future.result() == 1) ? VALUE : null;
                }
            };
        }
    },
    /** Listens to nothing until its time limit, and keeps a processor busy. */
    ENDLESS {
        @Override
        SoakOutcome submit(ProcessPoolExecutor pool, Random random) {
            return SoakOutcome.timeout(pool.submit((TaskAction) Work::spinForEver, limit(random)));
        }
    },
    /** Waits until its time limit for another process that it has started. */
    WITH_A_GRANDCHILD {
        @Override
        SoakOutcome submit(ProcessPoolExecutor pool, Random random) {
            TaskAction task = () -> {
                new ProcessBuilder("sleep", GRANDCHILD).start();
                Work.blockForEver();
            };
            return SoakOutcome.timeout(pool.submit(task, limit(random)));
        }
    },
    /** Takes all the memory that its process has. */
    HOARDING {
        @Override
        SoakOutcome submit(ProcessPoolExecutor pool, Random random) {
            return SoakOutcome.death(pool.submit((TaskAction) FaultKind.HEAP_EXHAUSTED::commit));
        }
    },
    /** Some calls in chunks. */
    MAP {
        @Override
        SoakOutcome submit(ProcessPoolExecutor pool, Random random) {
            List<Integer> numbers = new ArrayList<>();
            for (int i = random.nextInt(30); i >= 0; i--) {
                numbers.add(random.nextInt());
            }
            MapOptions options = MapOptions.defaults().withChunkSize(1 + random.nextInt(10));
            return new MapOutcome(numbers, pool.map((Integer number) -> number + 1, numbers, options));
        }
    };

    /**
     * How long the processes sleep that tasks start, which also tells them from others.
     */
    static final String GRANDCHILD = "300.0721";

    abstract SoakOutcome submit(ProcessPoolExecutor pool, Random random);

    private static TaskOptions limit(Random random) {
        return TaskOptions.none().withTimeLimit(Duration.ofMillis(20 + random.nextInt(150)));
    }

    /** All results of a map, in their order, or what it ended with instead. */
    private static final class MapOutcome extends SoakOutcome {

        private final List<Integer> numbers;

        private final CloseableIterator<Integer> results;

        MapOutcome(List<Integer> numbers, CloseableIterator<Integer> results) {
            super(null);
            this.numbers = numbers;
            this.results = results;
        }

        @Override
        Throwable awaitEnd(SoakLedger ledger) {
            try (this.results) {
                for (int number : this.numbers) {
                    int result = this.results.next();
                    if (result != number + 1) {
                        return new AssertionError(result + " instead of " + (number + 1));
                    }
                    ledger.count("right results of maps");
                }
                return this.results.hasNext() ? new AssertionError("too many results") : null;
            }
            catch (CompletionException ex) {
                return Thread.interrupted() ? ex.getCause() : ex;
            }
            catch (BrokenProcessPoolException ex) {
                return ex;
            }
        }

        @Override
        String judge(Throwable thrown) {
            return (thrown == null) ? VALUE : (thrown instanceof InterruptedException) ? INTERRUPTED : null;
        }

    }

}
