// SPDX-License-Identifier: Apache-2.0

package dev.futures.serial;

import java.io.File;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ClassPathEntriesTests {

    private static final Path HERE = Path.of("").toAbsolutePath();

    @Test
    void entriesAreAbsoluteAndInOrder() {
        Path absolute = HERE.resolve("z.jar");
        assertThat(ClassPathEntries.parse(String.join(File.pathSeparator, absolute.toString(), "lib/a.jar")))
            .containsExactly(absolute, HERE.resolve("lib/a.jar"));
    }

    @Test
    void anEmptyEntryIsTheCurrentDirectory() {
        assertThat(ClassPathEntries.parse("")).containsExactly(HERE);
        assertThat(ClassPathEntries.parse("a.jar" + File.pathSeparator)).containsExactly(HERE.resolve("a.jar"), HERE);
    }

    @Test
    void thisJvmHasThoseOfItsCommandLine() throws Exception {
        Path classes = Path.of(Payloads.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        assertThat(ClassPathEntries.ofThisJvm()).contains(classes).allMatch(Path::isAbsolute);
    }

}
