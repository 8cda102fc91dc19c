// SPDX-License-Identifier: Apache-2.0

package dev.futures.serial;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputFilter;
import java.io.Serializable;
import java.lang.reflect.Constructor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import dev.futures.Task;
import dev.futures.TaskFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A task is another one where it arrives, and does the same.
 */
class TaskInputTests {

    private static final String CHUNK = "dev.futures.MapCalls$Chunk";

    private final Payloads payloads = payloads(1_000_000);

    private final TaskInput input = new TaskInput(this.payloads);

    private static Payloads payloads(int maxLength) {
        return new Payloads(TaskInputTests.class.getClassLoader(), JvmFilter.alone(), maxLength);
    }

    private static Task<?> chunk(TaskFunction<?, ?> function, List<?> inputs) {
        try {
            Constructor<?> constructor = Class.forName(CHUNK)
                .getDeclaredConstructor(TaskFunction.class, List.class, boolean.class);
            constructor.setAccessible(true);
            return (Task<?>) constructor.newInstance(function, inputs, false);
        }
        catch (ReflectiveOperationException ex) {
            throw new AssertionError(ex);
        }
    }

    private Task<?> send(Task<?> task) throws Exception {
        return (Task<?>) Objects.requireNonNull(this.input.read(this.payloads.packTask(task)));
    }

    @Test
    void codeThatCapturesNothingIsReadWithoutAStreamTheSecondTime() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        TaskInput counting = new TaskInput(new Payloads(TaskInputTests.class.getClassLoader(), (info) -> {
            asked.incrementAndGet();
            return ObjectInputFilter.Status.UNDECIDED;
        }, 1_000_000));
        Task<Integer> task = () -> 42;
        Object first = counting.read(this.payloads.packTask(task));
        int before = asked.get();
        assertThat(before).isPositive();
        assertThat(counting.read(this.payloads.packTask(task))).isSameAs(first);
        assertThat(asked).hasValue(before);
    }

    @Test
    void codeWithAStateDoesNotKeepItForTheNextTask() throws Exception {
        int[] calls = { 0 };
        Task<Integer> task = () -> ++calls[0];
        assertThat(send(task).call()).isEqualTo(1);
        assertThat(send(task).call()).isEqualTo(1);
    }

    @Test
    void codeThatCapturesNothingIsTheSameEachTime() throws Exception {
        Task<Integer> task = () -> 42;
        Task<?> first = send(task);
        assertThat(first.call()).isEqualTo(42);
        assertThat(send(task)).isSameAs(first);
        Task<Integer> other = () -> 43;
        assertThat(send(other).call()).isEqualTo(43);
    }

    @Test
    void codeThatCapturesSomethingIsReadEachTime() throws Exception {
        for (int i = 0; i < 3; i++) {
            int captured = i;
            assertThat(send(() -> captured).call()).isEqualTo(i);
        }
    }

    @Test
    void theMostTasksAreNotKept() throws Exception {
        for (int i = 0; i < 3; i++) {
            List<Task<Integer>> tasks = List.of(() -> 1, () -> 2, () -> 3, () -> 4);
            for (int k = 0; k < tasks.size(); k++) {
                assertThat(send(tasks.get(k)).call()).isEqualTo(k + 1);
            }
        }
    }

    @Test
    void aChunkOfValuesIsMuchShorterThanAStreamOfTheJdk() throws Exception {
        Task<?> chunk = chunk((Integer each) -> each + 1, new ArrayList<>(List.of(1, 2, 3)));
        Parcel parcel = this.payloads.packTask(chunk);
        assertThat(parcel.stream().get(0)).isEqualTo(TaskOutput.HEAD);
        assertThat(send(chunk).call()).isEqualTo(List.of(2, 3, 4));
        List<Integer> many = new ArrayList<>(Collections.nCopies(100, 1));
        assertThat(this.payloads.packTask(chunk((Integer each) -> each, many)).length())
            .isLessThan(this.payloads.pack(chunk((Integer each) -> each, many)).length());
    }

    @Test
    void aChunkOfAnythingArrives() throws Exception {
        int captured = 7;
        List<Object> inputs = new ArrayList<>(List.of(new Point(1, 2), 3, new byte[20_000]));
        assertThat(send(chunk((each) -> each.getClass().getSimpleName(), inputs)).call())
            .isEqualTo(List.of("Point", "Integer", "byte[]"));
        assertThat(send(chunk((Integer each) -> each + captured, new ArrayList<>(List.of(1)))).call())
            .isEqualTo(List.of(8));
        assertThat(send(chunk((each) -> each + "" + captured, List.of(3))).call()).isEqualTo(List.of("37"));
        assertThat(send(chunk((each) -> each, new ArrayList<>(Collections.nCopies(20_000, 5)))).call())
            .isEqualTo(Collections.nCopies(20_000, 5));
    }

    @Test
    void objectsThatAreSharedStillAre() throws Exception {
        Point shared = new Point(1, 2);
        List<Object> inputs = new ArrayList<>(List.of(shared, shared));
        Task<?> chunk = chunk((each) -> each == shared, inputs);
        assertThat(send(chunk).call()).isEqualTo(List.of(true, true));
    }

    @Test
    void whatIsTooLongIsSaidToBe() throws Exception {
        List<Object> numbers = new ArrayList<>(Collections.nCopies(1_000, 1));
        Task<?> chunk = chunk((each) -> each, numbers);
        int length = this.payloads.packTask(chunk).length();
        assertThat(payloads(length).packTask(chunk).length()).isEqualTo(length);
        assertThatExceptionOfType(Payloads.PayloadTooLargeException.class)
            .isThrownBy(() -> payloads(length - 1).packTask(chunk));
        int captured = 7;
        Task<?> both = chunk((each) -> captured, numbers);
        int together = this.payloads.packTask(both).length();
        assertThat(together).isGreaterThan(length);
        assertThatExceptionOfType(Payloads.PayloadTooLargeException.class)
            .isThrownBy(() -> payloads(together - 1).packTask(both));
        Task<Integer> task = () -> 42;
        assertThat(this.payloads.packTask(task).length()).isGreaterThan(100);
        assertThatExceptionOfType(Payloads.PayloadTooLargeException.class)
            .isThrownBy(() -> payloads(100).packTask(task));
    }

    @Test
    void whatCannotTravelFailsAsEver() {
        Object captured = new Object();
        assertThatExceptionOfType(NotSerializableException.class)
            .isThrownBy(() -> this.payloads.packTask(chunk((each) -> captured, new ArrayList<>(List.of(1)))));
        assertThatExceptionOfType(NotSerializableException.class)
            .isThrownBy(() -> this.payloads.packTask(chunk((each) -> each, new ArrayList<>(List.of(captured)))));
    }

    @Test
    void aTaskInThisFormIsNotReadAsAResult() throws Exception {
        Parcel parcel = this.payloads.packTask(chunk((each) -> each, new ArrayList<>(List.of(1))));
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.payloads.unpack(parcel));
    }

    @Test
    void aFilterIsAskedAboutInputsAndSaysWhatItRefuses() throws Exception {
        Task<?> chunk = chunk((each) -> each, new ArrayList<>(List.of(1)));
        Parcel parcel = this.payloads.packTask(chunk);
        assertThatExceptionOfType(Payloads.RefusedException.class)
            .isThrownBy(() -> new TaskInput(filtered("!java.lang.Integer")).read(parcel))
            .withMessageContaining("class java.lang.Integer is refused by the deserialization filter");
        assertThatExceptionOfType(Payloads.RefusedException.class)
            .isThrownBy(() -> new TaskInput(filtered("!java.lang.invoke.SerializedLambda")).read(parcel))
            .withMessageContaining("class java.lang.invoke.SerializedLambda is refused");
        Object read = new TaskInput(filtered("!java.lang.Boolean")).read(parcel);
        assertThat(read).hasSameClassAs(chunk);
    }

    private static Payloads filtered(String pattern) {
        return new Payloads(TaskInputTests.class.getClassLoader(), ObjectInputFilter.Config.createFilter(pattern),
                1_000_000);
    }

    @Test
    void wrongBytesAreAnIOExceptionAtMost() throws Exception {
        Parcel parcel = this.payloads.packTask(chunk((each) -> each, new ArrayList<>(List.of(1, "a", "b"))));
        byte[] right = parcel.streamArray();
        byte[] longer = Arrays.copyOf(right, right.length + 1);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.input.read(Parcel.of(longer)));
        longer[4]++;
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.input.read(Parcel.of(longer)))
            .withMessage("there are 1 bytes behind a task");
        for (int length = 0; length < right.length; length++) {
            byte[] shorter = Arrays.copyOf(right, length);
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.input.read(Parcel.of(shorter)));
        }
    }

    @Test
    void onlyTasksOfThisLibraryArePutTogether() {
        for (String name : List.of("dev.futures.MapPairs$Pair", "java.util.ArrayList", Point.class.getName())) {
            PlainOutput output = new PlainOutput(1_000);
            assertThat(output.write(TaskOutput.RECORD, ByteBuffer.wrap(name.getBytes(StandardCharsets.ISO_8859_1))))
                .isTrue();
            ByteBuffer head = output.toBuffer();
            ByteBuffer bytes = ByteBuffer.allocate(5 + head.remaining())
                .put(TaskOutput.HEAD)
                .putInt(head.remaining())
                .put(head);
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.input.read(Parcel.of(bytes.array())))
                .withMessage(name + " is not a task of this library");
        }
    }

    private record Point(int x, @Nullable Integer y) implements Serializable {
    }

}
