// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that has the starter and nothing else: no class of an optional
 * dependency is there, which a class loader that hides some cannot show.
 */
class StarterOnlyTests {

    /** What {@code spring-boot-starter} brings. */
    private static final Pattern STARTER = Pattern.compile("(spring-(boot|boot-autoconfigure|core|context|beans|aop|"
            + "expression)|commons-logging|logback-(classic|core)|slf4j-api|snakeyaml|micrometer-(commons|observation)|"
            + "jspecify)-\\d.*\\.jar");

    @Test
    void nothingElseIsNeeded(@TempDir Path directory) throws Exception {
        String classPath = String.join(File.pathSeparator,
                Stream.of(ChildJvm.classPath().split(File.pathSeparator))
                    .filter(StarterOnlyTests::isInStarter)
                    .toList());
        assertThat(classPath).contains("logback-classic").doesNotContain("actuator", "assertj", "reactor");
        String output = ChildJvm.run(directory, List.of("-cp", classPath), StarterOnlyApplication.class);
        assertThat(output).contains("in futuresThreadPool_0")
            .contains("in another process true")
            .doesNotContain("WARN");
    }

    /** The modules of this project are directories or jars without a version we know. */
    private static boolean isInStarter(String entry) {
        Path path = Path.of(entry);
        return path.endsWith("classes") || path.endsWith("test-classes")
                || path.getFileName().toString().startsWith("futures-core")
                || STARTER.matcher(path.getFileName().toString()).matches();
    }

}
