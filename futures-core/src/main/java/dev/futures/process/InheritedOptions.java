// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Of the options of this JVM, those that a child needs to see the same classes in the
 * same way, to reach the same hosts, and to be as careful with what it reads. It does not
 * matter whether they came from the command line, an argument file or a variable such as
 * JDK_JAVA_OPTIONS. All others are left out, above all those that there can be only one
 * of, or that would be multiplied by the number of workers: memory, collectors, agents,
 * debugger, JMX, log files, recordings, archives of classes.
 */
final class InheritedOptions {

    private static final List<String> PREFIXES = List.of("--add-opens", "--add-exports", "--add-reads", "--add-modules",
            "--limit-modules", "--patch-module", "--upgrade-module-path", "--enable-native-access",
            "--illegal-native-access", "--enable-preview", "-Xbootclasspath/a:", "-ea", "-da", "-esa", "-dsa",
            "-enableassertions", "-disableassertions", "-enablesystemassertions", "-disablesystemassertions", "-Duser.",
            "-Djava.io.tmpdir=", "-Djava.library.path=", "-Djava.system.class.loader=", "-Dhttp.", "-Dhttps.",
            "-DsocksProxy", "-Djava.net.", "-Djavax.net.ssl.trustStore", "-Djava.security.properties=",
            "-Djdk.serialFilter", "-Djdk.xml.", "-Djavax.xml.", "-Djava.xml.", "-Djdk.tls.",
            "-D" + Rendezvous.TRANSPORT_PROPERTY + "=");

    /** A child has a directory of its own. */
    private static final String DIRECTORY = "-Duser.dir=";

    /** Their values are paths, which are relative to the directory of this JVM. */
    private static final List<String> PATHS = List.of("--upgrade-module-path=", "-Xbootclasspath/a:",
            "-Djava.io.tmpdir=", "-Djava.library.path=");

    /** Their values may be paths, or words with a meaning of their own. */
    private static final List<String> PERHAPS_PATHS = List.of("-Djavax.net.ssl.trustStore=",
            "-Djava.security.properties=");

    private static final String PATCH = "--patch-module=";

    private InheritedOptions() {
    }

    /**
     * Chooses from options.
     * @param options what {@code RuntimeMXBean.getInputArguments()} returns
     */
    static List<String> from(List<String> options) {
        List<String> inherited = new ArrayList<>();
        for (Iterator<String> rest = options.iterator(); rest.hasNext();) {
            String option = rest.next();
            // the java launcher joins the two, but this JVM may have another one
            if (LaunchChecks.WITH_VALUE.contains(option) && rest.hasNext()) {
                option += "=" + rest.next();
            }
            if (PREFIXES.stream().anyMatch(option::startsWith) && !option.startsWith(DIRECTORY)) {
                inherited.add(absolute(option));
            }
        }
        return inherited;
    }

    private static String absolute(String option) {
        for (String prefix : PATHS) {
            if (option.startsWith(prefix)) {
                return prefix + absolutePaths(option.substring(prefix.length()));
            }
        }
        for (String prefix : PERHAPS_PATHS) {
            if (option.startsWith(prefix) && Files.exists(Path.of(option.substring(prefix.length())))) {
                return prefix + absolutePaths(option.substring(prefix.length()));
            }
        }
        int module = option.indexOf('=', PATCH.length());
        if (option.startsWith(PATCH) && module > 0) {
            return option.substring(0, module + 1) + absolutePaths(option.substring(module + 1));
        }
        return option;
    }

    private static String absolutePaths(String paths) {
        return Arrays.stream(paths.split(File.pathSeparator))
            .filter((path) -> !path.isEmpty())
            .map((path) -> Path.of(path).toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator));
    }

}
