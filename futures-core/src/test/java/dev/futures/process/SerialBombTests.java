// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import dev.futures.serial.Payloads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Results that are small and claim to be large, under the default filter.
 */
class SerialBombTests {

    private static final int SIZE = 0x171;

    private static final int HUGE = 1_000_000_000;

    private static final Payloads PAYLOADS = new Payloads(SerialBombTests.class.getClassLoader(),
            SerialFilters.fromChild(null), Payloads.UNLIMITED);

    static Stream<Arguments> containers() {
        Map<Object, Object> map = new HashMap<>();
        for (int i = 0; i < SIZE; i++) {
            map.put("k" + i, "v");
        }
        Set<Object> identities = Collections.newSetFromMap(new IdentityHashMap<>());
        identities.addAll(map.keySet());
        return Stream
            .<Object>of(new byte[SIZE], new long[SIZE], new Object[SIZE], new String[SIZE][], map, identities,
                    new HashSet<>(map.keySet()), new ArrayList<>(map.keySet()), List.copyOf(map.keySet()),
                    new java.util.ArrayDeque<>(map.keySet()),
                    new java.util.PriorityQueue<>(map.keySet().stream().map(String::valueOf).toList()))
            .map((container) -> Arguments.of(new Object[] { container }));
    }

    /** Every number in the bytes that may be the size, together with those before it. */
    private static byte[] claiming(byte[] bytes, int size) {
        ByteBuffer claim = ByteBuffer.wrap(bytes.clone());
        for (int i = 0; i <= bytes.length - Integer.BYTES; i++) {
            if (claim.getInt(i) == SIZE) {
                claim.putInt(i, size);
            }
        }
        return claim.array();
    }

    @ParameterizedTest
    @MethodSource("containers")
    void whatClaimsToBeLargeIsRefusedBeforeItIsAllocated(Object container) throws Exception {
        byte[] bomb = claiming(PAYLOADS.encode(container), HUGE);
        FuzzProperty.allocatesAtMost(1024 * 1024 + 64L * bomb.length,
                () -> assertThatExceptionOfType(IOException.class).isThrownBy(() -> PAYLOADS.decode(bomb)));
    }

    @ParameterizedTest
    @ValueSource(ints = { 70, 200 })
    void whatIsNestedTooDeeplyIsRefused(int depth) throws Exception {
        Payloads writer = new Payloads(null, SerialFilters.fromParent(), Payloads.UNLIMITED);
        Object nested = "x";
        for (int i = 0; i < depth; i++) {
            nested = new Object[] { nested };
        }
        byte[] bomb = writer.encode(nested);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> PAYLOADS.decode(bomb))
            .withMessageContaining("depth 65");
    }

    @Test
    void arraysInArraysAreRefusedBeforeTheyAreAllocated() throws Exception {
        Object nested = new Object[SIZE];
        for (int i = 0; i < 50; i++) {
            Object[] outer = new Object[SIZE];
            outer[0] = nested;
            nested = outer;
        }
        byte[] bomb = claiming(PAYLOADS.encode(nested), 15 * PAYLOADS.encode(nested).length);
        FuzzProperty.allocatesAtMost(1024 * 1024 + 128L * bomb.length,
                () -> assertThatExceptionOfType(IOException.class).isThrownBy(() -> PAYLOADS.decode(bomb))
                    .withMessageContaining("cannot be in so few bytes"));
    }

}
