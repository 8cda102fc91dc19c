// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Any bytes on the standard input of a child: it either reads or refuses them.
 */
public final class BootstrapFuzz {

    private static final int SLACK = 1024 * 1024;

    private BootstrapFuzz() {
    }

    /**
     * Called by the fuzzer.
     * @param data any bytes
     * @throws Exception if there is something to be mended
     */
    public static void fuzzerTestOneInput(byte[] data) throws Exception {
        FuzzProperty.allocatesAtMost(SLACK + 64L * data.length, () -> {
            try {
                Bootstrap bootstrap = Bootstrap.readFrom(new ByteArrayInputStream(data));
                bootstrap.writeTo(new ByteArrayOutputStream());
            }
            catch (IOException ex) {
                return;
            }
        });
    }

}
