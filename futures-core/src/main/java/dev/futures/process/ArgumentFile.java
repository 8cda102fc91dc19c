// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The arguments of a child, in a file: a class path can be longer than an operating
 * system lets a command line be, and other users see command lines.
 */
final class ArgumentFile {

    private ArgumentFile() {
    }

    static void write(Path file, List<String> arguments) throws IOException {
        Charset encoding = nativeEncoding();
        for (String argument : arguments) {
            // what this JVM could not read from its own command line is U+FFFD
            if (argument.indexOf('\ufffd') >= 0 || !encoding.newEncoder().canEncode(argument)) {
                throw WorkerStartException
                    .permanent("a worker process cannot be told '" + argument + "', which cannot be written in "
                            + encoding + "; start this JVM with another locale, such as LC_ALL=C.UTF-8", null);
            }
        }
        Files.write(file, arguments.stream().map(ArgumentFile::quote).toList(), encoding);
    }

    /** In which the java launcher reads it. */
    private static Charset nativeEncoding() {
        return Charset.forName(System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name()));
    }

    /** In quotes everything stands for itself but quotes, backslashes and line ends. */
    static String quote(String argument) {
        return "\"" + argument.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "\\r")
                + "\"";
    }

}
