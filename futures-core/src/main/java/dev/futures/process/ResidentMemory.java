// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much memory of a process is resident, from {@code /proc}.
 */
final class ResidentMemory {

    /** Where Linux keeps what it knows of processes. */
    static final Path PROC = Path.of("/proc");

    private static final Pattern LINE = Pattern.compile("^VmRSS:\\s+(\\d{1,12}) kB$", Pattern.MULTILINE);

    private ResidentMemory() {
    }

    /** Returns whether this system tells. */
    static boolean isKnown(Path proc) {
        return of(proc, ProcessHandle.current().pid()) > 0;
    }

    /** Returns the number of bytes, or 0 if it is not known. */
    static long of(long pid) {
        return of(PROC, pid);
    }

    private static long of(Path proc, long pid) {
        try {
            String status = Files.readString(proc.resolve(String.valueOf(pid)).resolve("status"),
                    StandardCharsets.ISO_8859_1);
            Matcher line = LINE.matcher(status);
            return line.find() ? 1024 * Long.parseLong(line.group(1)) : 0;
        }
        catch (IOException ex) {
            // no such process, or no such system
            return 0;
        }
    }

}
