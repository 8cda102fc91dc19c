// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The options of a child JVM, apart from its class path: those of the pool, what it
 * inherits of those of this JVM, and those of the user, which win.
 */
final class JvmArguments {

    /**
     * Variables that a JVM or Spring Boot's launcher would take further options from.
     * Those that concern every process, such as LD_PRELOAD, are for the administrator of
     * the machine to decide about, and stay.
     */
    static final Set<String> REMOVED_VARIABLES = Set.of("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS",
            "OPENJ9_JAVA_OPTIONS", "IBM_JAVA_OPTIONS", "_JAVA_LAUNCHER_DEBUG", "LOADER_MAIN", "LOADER_PATH",
            "LOADER_HOME", "LOADER_ARGS", "LOADER_CONFIG_NAME", "LOADER_CONFIG_LOCATION", "LOADER_CLASSPATH",
            "LOADER_SYSTEM", "LOADER_DEBUG");

    private JvmArguments() {
    }

    static List<String> of(WorkerJvm jvm, int maxWorkers) {
        List<String> arguments = new ArrayList<>();
        arguments.add("-Xmx" + MemoryShare.maxHeap(jvm, maxWorkers));
        // one worker is one busy thread, and there are several workers
        if (jvm.options().stream().noneMatch((option) -> option.matches("-XX:\\+Use\\w+GC"))) {
            arguments.add("-XX:+UseSerialGC");
        }
        arguments.add("-XX:+ExitOnOutOfMemoryError");
        // a crash leaves no files behind: its report goes to the log of the parent
        arguments.add("-XX:+ErrorFileToStderr");
        arguments.add("-XX:-CreateCoredumpOnCrash");
        arguments.add("-XX:-UsePerfData");
        arguments.add("-Djava.awt.headless=true");
        arguments.add("-Dfile.encoding=" + Charset.defaultCharset().name());
        for (String stream : List.of("stdout", "stderr")) {
            arguments.add("-D" + stream + ".encoding=UTF-8");
            arguments.add("-Dsun." + stream + ".encoding=UTF-8");
        }
        arguments.add("-D" + ProcessPoolExecutor.DEPTH_PROPERTY + "=" + (ProcessPoolExecutor.depth() + 1));
        arguments.addAll(InheritedOptions.from(ManagementFactory.getRuntimeMXBean().getInputArguments()));
        arguments.addAll(jvm.options());
        arguments.add("-D" + ProcessPoolExecutor.WORKER_PROPERTY + "=true");
        return arguments;
    }

}
