// SPDX-License-Identifier: Apache-2.0

package dev.futures.support;

import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * Has the coverage of other JVMs recorded along with that of this one.
 */
public final class CoverageRecorder {

    private CoverageRecorder() {
    }

    /** Returns options for a JVM; none if the coverage of this one is not recorded. */
    public static List<String> options() {
        return ManagementFactory.getRuntimeMXBean()
            .getInputArguments()
            .stream()
            .filter((argument) -> argument.startsWith("-javaagent:") && argument.contains("jacoco"))
            .toList();
    }

}
