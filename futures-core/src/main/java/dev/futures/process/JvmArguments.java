// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The options of a child JVM, apart from its class path. Of those of this JVM it inherits
 * only what it needs to see the same classes in the same way: never memory, collector,
 * agents, debugger, JMX or log files, of which there can be only one, or which would be
 * multiplied by the number of workers.
 */
final class JvmArguments {

    private static final List<String> INHERITED = List.of("--add-opens", "--add-exports", "--add-reads",
            "--add-modules", "--enable-native-access", "--enable-preview", "-ea", "-da", "-esa", "-dsa",
            "-enableassertions", "-disableassertions", "-Duser.", "-Djava.io.tmpdir=", "-Dhttp.", "-Dhttps.",
            "-Djavax.net.ssl.trustStore", "-Djdk.serialFilter=");

    /** Variables that a JVM or Spring Boot's launcher would take further options from. */
    static final Set<String> REMOVED_VARIABLES = Set.of("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS",
            "LOADER_MAIN", "LOADER_PATH", "LOADER_HOME", "LOADER_ARGS", "LOADER_CONFIG_NAME", "LOADER_CONFIG_LOCATION",
            "LOADER_CLASSPATH", "LOADER_SYSTEM", "LOADER_DEBUG");

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
        inherit(arguments);
        arguments.addAll(jvm.options());
        arguments.add("-D" + ProcessPoolExecutor.WORKER_PROPERTY + "=true");
        return arguments;
    }

    private static void inherit(List<String> arguments) {
        for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (INHERITED.stream().anyMatch(argument::startsWith)) {
                arguments.add(argument);
            }
        }
    }

}
