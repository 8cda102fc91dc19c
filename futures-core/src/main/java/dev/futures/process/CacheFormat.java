// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a JVM has to make its next start quicker, and the options for it. A file that a
 * JVM cannot use is not an error for it; what it would say about that is left out, since
 * it says it on standard output.
 */
enum CacheFormat {

    /** An archive of class data on top of that of the JDK. */
    CLASS_DATA(".jsa") {

        @Override
        List<String> use(Path file) {
            return List.of("-Xlog:cds*=off", "-XX:SharedArchiveFile=" + file);
        }

        @Override
        List<String> make(Path file) {
            return List.of("-Xlog:cds*=off", "-XX:ArchiveClassesAtExit=" + file);
        }

    },

    /** A cache that is made ahead of time, with a second process. */
    AHEAD_OF_TIME(".aot") {

        @Override
        List<String> use(Path file) {
            return List.of("-Xlog:aot*=off", "-Xlog:cds*=off", "-XX:AOTCache=" + file);
        }

        @Override
        List<String> make(Path file) {
            return List.of("-Xlog:aot*=off", "-Xlog:cds*=off", "-XX:AOTCacheOutput=" + file);
        }

    };

    private static final Pattern OWN = Pattern
        .compile("-Xshare:.*|-XX:(SharedArchiveFile|SharedClassListFile|ArchiveClassesAtExit|AOT\\w*)=.*"
                + "|-XX:[+-](AutoCreateSharedArchive|DumpSharedSpaces|RecordDynamicDumpInfo)");

    private static final int FIRST_AHEAD_OF_TIME = 25;

    private final String suffix;

    CacheFormat(String suffix) {
        this.suffix = suffix;
    }

    static CacheFormat ofThisJvm() {
        return (Runtime.version().feature() < FIRST_AHEAD_OF_TIME) ? CLASS_DATA : AHEAD_OF_TIME;
    }

    /** Whether it is an option by which a user says what is to be done instead. */
    static boolean isChosenBy(String option) {
        return OWN.matcher(option).matches();
    }

    String suffix() {
        return this.suffix;
    }

    /** The options of a JVM that uses the file. */
    abstract List<String> use(Path file);

    /** The options of a JVM that makes the file when it exits. */
    abstract List<String> make(Path file);

    /** What a JVM that was killed meanwhile may have left behind. */
    List<Path> leftOvers(Path file) {
        return List.of(file, file.resolveSibling(file.getFileName() + ".config"));
    }

}
