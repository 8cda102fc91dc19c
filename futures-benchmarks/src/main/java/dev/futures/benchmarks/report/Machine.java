// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.sun.management.OperatingSystemMXBean;
import dev.futures.benchmarks.Python;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.tika.Tika;
import org.openjdk.jmh.util.Version;
import org.springframework.boot.SpringBootVersion;
import org.springframework.core.SpringVersion;

/**
 * What something was measured with.
 *
 * @param processor the model of the processor
 * @param cores how many of them the JVM may use
 * @param memory how many GiB of memory there are
 * @param system the operating system
 * @param kernel its kernel
 * @param jdk the JDK
 * @param python the Python, or that there is none
 * @param libraries libraries that are compared with or measured by, and their versions
 */
record Machine(String processor, int cores, long memory, String system, String kernel, String jdk, String python,
        String libraries) {

    static Machine here() {
        long bytes = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        return new Machine(after("/proc/cpuinfo", "model name\t: ", System.getProperty("os.arch")),
                Runtime.getRuntime().availableProcessors(), Math.round(bytes / (1024.0 * 1024 * 1024)),
                after("/etc/os-release", "PRETTY_NAME=", System.getProperty("os.name")).replace("\"", ""),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vendor") + " " + Runtime.version(), Python.version().orElse("none"),
                versions());
    }

    private static String versions() {
        return "Spring Boot %s, Spring Framework %s, %s, PDFBox %s, JMH %s".formatted(SpringBootVersion.getVersion(),
                SpringVersion.getVersion(), Tika.getString(), PDDocument.class.getPackage().getImplementationVersion(),
                Version.getPlainVersion());
    }

    private static String after(String file, String prefix, String otherwise) {
        try {
            List<String> lines = Files.readAllLines(Path.of(file));
            return lines.stream()
                .filter((line) -> line.startsWith(prefix))
                .map((line) -> line.substring(prefix.length()))
                .findFirst()
                .orElse(otherwise);
        }
        catch (IOException ex) {
            return otherwise; // not Linux
        }
    }

}
