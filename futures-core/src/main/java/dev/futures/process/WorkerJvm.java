// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

/**
 * The JVM that a worker process is, and the surroundings that it is started in.
 *
 * @param java the launcher, or {@code null} for that of this JVM
 * @param maxHeap its heap limit in bytes, or 0 for a share of the memory
 * @param options further options
 * @param inherited which variables of this JVM's environment it has
 * @param environment further environment variables
 * @param workingDirectory its working directory, or {@code null} for that of this JVM
 * @param startupCache the directory of start-up caches, or {@code null} for none
 */
record WorkerJvm(@Nullable Path java, long maxHeap, List<String> options, InheritedVariables inherited,
        Map<String, String> environment, @Nullable Path workingDirectory, @Nullable Path startupCache) {

    void describe(BiConsumer<String, Object> settings) {
        if (this.java != null) {
            settings.accept("java", this.java.toString());
        }
        if (this.maxHeap > 0) {
            settings.accept("maxHeap", this.maxHeap);
        }
        if (!this.options.isEmpty()) {
            settings.accept("jvmOptions", this.options.stream().map(WorkerJvm::withoutValue).toList());
        }
        if (!this.environment.isEmpty()) {
            settings.accept("environment", this.environment.keySet().stream().sorted().toList());
        }
        if (this.workingDirectory != null) {
            settings.accept("workingDirectory", this.workingDirectory.toString());
        }
        if (this.startupCache != null) {
            settings.accept("startupCache", this.startupCache.toString());
        }
    }

    private static String withoutValue(String option) {
        int end = option.indexOf('=');
        return (option.startsWith("-D") && end >= 0) ? option.substring(0, end) : option;
    }

}
