// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

import dev.futures.support.Await;
import dev.futures.support.LeakCheck;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What this process has of what a system has only so many of.
 *
 * @param counts how many of each
 * @param heap the heap after a garbage collection, in MiB
 */
record SoakUsage(Map<String, Integer> counts, double heap) {

    static SoakUsage now() {
        return new SoakUsage(count(), SoakMemory.used());
    }

    /** Gives what is ending some time to end. */
    static SoakUsage afterAWhile(SoakUsage before) throws InterruptedException {
        boolean unused = Await.happens(Await.PATIENCE, () -> isNotAbove(count(), before.counts));
        return now();
    }

    void assertNotAbove(SoakUsage before) {
        assertThat(this.counts).matches((counts) -> isNotAbove(counts, before.counts), "not above " + before.counts);
        assertThat(this.heap).as("heap in MiB").isLessThan(before.heap + SoakMemory.MARGIN);
    }

    private static boolean isNotAbove(Map<String, Integer> counts, Map<String, Integer> limits) {
        return counts.entrySet().stream().allMatch((entry) -> entry.getValue() <= limits.get(entry.getKey()));
    }

    private static Map<String, Integer> count() {
        Map<String, Integer> counts = new TreeMap<>(LeakCheck.usage());
        counts.put("grandchildren", grandchildren());
        return counts;
    }

    /** Also those that have lost their parents. */
    private static int grandchildren() {
        int found = 0;
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (commandLine(process).contains(SoakJob.GRANDCHILD)) {
                    found++;
                }
            }
        }
        catch (IOException ex) {
            // not on this system
        }
        return found;
    }

    private static String commandLine(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
        }
        catch (IOException ex) {
            // it has ended
            return "";
        }
    }

}
