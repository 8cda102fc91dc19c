// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import dev.futures.serial.Failure;
import dev.futures.serial.Parcel;
import dev.futures.serial.Payloads;

/**
 * What fuzzing starts from: inputs that are right, or nearly so.
 */
final class FuzzSeeds {

    private static final Payloads PAYLOADS = new Payloads(FuzzSeeds.class.getClassLoader(),
            SerialFilters.fromChild(null), FramesFuzz.MAX_PAYLOAD);

    private FuzzSeeds() {
    }

    /**
     * Writes the seeds of a target into a directory.
     * @param args the name of the target and the directory
     * @throws IOException if that cannot be
     */
    public static void main(String[] args) throws IOException {
        Path directory = Files.createDirectories(Path.of(args[1]));
        List<byte[]> seeds = of(args[0]);
        for (int i = 0; i < seeds.size(); i++) {
            Files.write(directory.resolve("seed-" + i), seeds.get(i));
        }
    }

    static List<byte[]> of(String target) throws IOException {
        return switch (target) {
            case "FramesFuzz" -> frames();
            case "OutcomeFuzz" -> outcomes();
            case "BootstrapFuzz" -> bootstraps();
            case "ChildFuzz" -> children();
            default -> throw new IllegalArgumentException("there is no target " + target);
        };
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] join(byte[]... pieces) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        Arrays.stream(pieces).forEach(joined::writeBytes);
        return joined.toByteArray();
    }

    private static List<byte[]> frames() {
        byte[] hello = FramesFuzz.write(new Frame(Frame.Kind.HELLO, 4711, new byte[Bootstrap.SECRET_LENGTH]));
        byte[] result = FramesFuzz.write(new Frame(Frame.Kind.RESULT, 1, bytes(1, 2, 3, 4, 5)));
        byte[] parts = FramesFuzz.write(new Frame(Frame.Kind.TASK, 2, new Parcel(ByteBuffer.allocate(9),
                List.of(ByteBuffer.allocate(Parcel.MIN_PART), ByteBuffer.allocate(Parcel.MIN_PART + 1)))));
        byte[] large = ByteBuffer.allocate(40).putInt(FramesFuzz.MAX_PAYLOAD).put((byte) 6).putLong(1).array();
        byte[] claim = ByteBuffer.allocate(40)
            .putInt(FramesFuzz.MAX_PAYLOAD)
            .put((byte) 0x86)
            .putLong(1)
            .putInt(2)
            .putInt(Parcel.MIN_PART)
            .putInt(FramesFuzz.MAX_PAYLOAD - Parcel.MIN_PART)
            .array();
        List<byte[]> seeds = new ArrayList<>();
        for (byte[] seed : List.of(join(hello, result), join(result, parts, result), large, claim)) {
            seeds.add(join(bytes(0, 1), seed));
            seeds.add(join(bytes(1, 20), seed));
        }
        return seeds;
    }

    private static List<byte[]> outcomes() throws IOException {
        Map<String, Object> map = new HashMap<>(Map.of("a", 1, "b", 2.5));
        map.put("list", new ArrayList<>(List.of(1L, 'c', (short) 3)));
        Set<Object> set = new HashSet<>(Set.of("x", Frame.Kind.BYE));
        ByteBuffer buffer = ByteBuffer.wrap(bytes(1, 2, 3)).order(ByteOrder.LITTLE_ENDIAN).asReadOnlyBuffer();
        List<byte[]> seeds = new ArrayList<>();
        for (Object object : Arrays.asList(null, "text", map, set, new TreeMap<>(Map.of("k", "v")), List.of(1, 2),
                new int[][] { { 1 }, { 2, 3 } }, new Object[] { "a", null }, int.class, Frame.Kind.READY, buffer,
                new java.math.BigInteger("123456789012345678901234567890"), new java.util.Date(1))) {
            seeds.add(join(bytes(0), PAYLOADS.encode(object)));
        }
        String text = "text";
        for (Object plain : Arrays.asList(null, true, 1, 2L, 2.5, "\u00e9", "\u20ac",
                new ArrayList<>(Arrays.asList(1, 2, 3L, 4.5, null, false, text, "\u20ac", text)))) {
            seeds.add(join(bytes(0), PAYLOADS.pack(plain).streamArray()));
        }
        byte[] shared = new byte[Parcel.MIN_PART];
        Object[] beside = { shared, shared, ByteBuffer.allocate(Parcel.MIN_PART) };
        seeds.add(join(bytes(4), PAYLOADS.pack(beside).streamArray()));
        for (Exception failure : List.of(new IllegalStateException("broken", new IOException("cause")),
                new NullPointerException())) {
            failure.setStackTrace(Arrays.copyOf(failure.getStackTrace(), 2));
            seeds.add(join(bytes(1), FailureFormat.toBytes(Failure.of(failure, PAYLOADS))));
        }
        seeds.add(join(bytes(1), FailureFormat.toBytes(new Failure("a.B", "a.B: c", "at d", new byte[0]))));
        return seeds;
    }

    private static List<byte[]> bootstraps() throws IOException {
        ByteArrayOutputStream unix = new ByteArrayOutputStream();
        byte[] secret = new byte[Bootstrap.SECRET_LENGTH];
        new Bootstrap(UnixDomainSocketAddress.of("/tmp/futures/s"), secret, 256, "maxPayload").writeTo(unix);
        ByteArrayOutputStream loopback = new ByteArrayOutputStream();
        new Bootstrap(new InetSocketAddress(InetAddress.getLoopbackAddress(), 4242), secret, 256, "maxPayload")
            .writeTo(loopback);
        byte[] noPort = loopback.toByteArray();
        noPort[6] = 1;
        byte[] noAddress = loopback.toByteArray();
        noAddress[1] = 1;
        byte[] noPath = unix.toByteArray();
        noPath[4] = 0;
        return List.of(unix.toByteArray(), loopback.toByteArray(), noPort, noAddress, noPath, new byte[0]);
    }

    /** A task and its answer; answers too many, too early, to others; and parts. */
    private static List<byte[]> children() {
        return List.of(bytes(0, 2, 2, 7, 7, 0, 3, 1, 9, 0, 4, 2, 1, 1, 1), bytes(0, 2, 0, 5), bytes(2, 0, 0),
                bytes(0, 6, 5, 1), bytes(0, 6, 5, 0, 0), bytes(0, 7, 13, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0, 1),
                bytes(0, 7, 5, 0, 0, 0, 0, 6, 7, 8, 0, 0, 0, 0, 0, 0, 0, 1), bytes(0, 0, 4, 3), bytes(0, 2, 1, 1, 5));
    }

}
