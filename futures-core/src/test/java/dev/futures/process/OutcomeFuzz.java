// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import dev.futures.serial.Parcel;
import dev.futures.serial.Payloads;

/**
 * Any bytes as the result or the failure of a task: the parent either reads them or
 * refuses them.
 */
public final class OutcomeFuzz {

    private static final Payloads PAYLOADS = new Payloads(OutcomeFuzz.class.getClassLoader(),
            SerialFilters.fromChild(null), FramesFuzz.MAX_PAYLOAD);

    /** Exceptions are made, and a class may claim to have 65535 fields. */
    private static final int SLACK = 1024 * 1024;

    private OutcomeFuzz() {
    }

    /**
     * Called by the fuzzer. The first byte says what it is and how many parts there are.
     * @param data any bytes
     * @throws Exception if there is something to be mended
     */
    public static void fuzzerTestOneInput(byte[] data) throws Exception {
        if (data.length < 1) {
            return;
        }
        byte[] bytes = Arrays.copyOfRange(data, 1, data.length);
        List<ByteBuffer> parts = Collections.nCopies((data[0] & 6) >> 1, ByteBuffer.allocate(Parcel.MIN_PART));
        Parcel parcel = new Parcel(ByteBuffer.wrap(bytes), parts);
        FuzzProperty.allocatesAtMost(SLACK + 128L * bytes.length, () -> {
            if ((data[0] & 1) == 0) {
                readResult(parcel);
            }
            else {
                readFailure(bytes);
            }
        });
    }

    private static void readResult(Parcel parcel) {
        try {
            Object unused = PAYLOADS.unpack(parcel);
        }
        catch (IOException | ClassNotFoundException ex) {
            return;
        }
    }

    private static void readFailure(byte[] bytes) {
        try {
            Throwable unused = FailureFormat.fromBytes(bytes).toThrowable(PAYLOADS, "here");
        }
        catch (IOException ex) {
            return;
        }
    }

}
