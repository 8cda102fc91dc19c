// SPDX-License-Identifier: Apache-2.0

package dev.futures.interpreter;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.futures.TaskAction;
import dev.futures.support.JavaProgram;
import dev.futures.support.LeakCheck;
import dev.futures.support.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What interpreters do share, tried in a JVM that is not needed afterwards.
 */
@ExtendWith(LeakCheck.class)
class IsolationTests {

    private static JavaProgram start(Class<?> main) throws Exception {
        return JavaProgram.start(main, List.of(), Map.of());
    }

    @Test
    void theProcessAndTheStateOfTheJdkAreShared() throws Exception {
        try (JavaProgram program = start(Sharing.class)) {
            assertThat(program.await("process")).isEqualTo("the same");
            assertThat(program.await("property")).isEqualTo("set inside");
            assertThat(program.await("locale")).isEqualTo("it-IT");
            assertThat(program.await("time zone")).isEqualTo("Asia/Tokyo");
            assertThat(program.await("log level")).isEqualTo("SEVERE");
            assertThat(program.await("handler")).isEqualTo("not the application's");
            assertThat(program.await("printed inside")).isEqualTo("to the same stream");
            assertThat(program.await("second load")).contains("already loaded in another classloader");
            assertThat(program.awaitExit()).isZero();
        }
    }

    /** Changes things inside and looks outside. */
    static final class Sharing {

        private static final java.util.logging.Logger logger = java.util.logging.Logger.getLogger("shared");

        private Sharing() {
        }

        public static void main(String[] args) throws Exception {
            try (InterpreterPoolExecutor pool = new InterpreterPoolExecutor(1)) {
                long inside = pool.submit(Work::pid).result();
                System.out.println("process: " + ((inside == Work.pid()) ? "the same" : "another"));
                pool.submit((TaskAction) Sharing::change).result();
                System.out.println("property: " + System.getProperty("shared"));
                System.out.println("locale: " + java.util.Locale.getDefault().toLanguageTag());
                System.out.println("time zone: " + java.util.TimeZone.getDefault().getID());
                System.out.println("log level: " + logger.getLevel());
                Object uncaught = Thread.getDefaultUncaughtExceptionHandler();
                System.out.println("handler: " + ((uncaught instanceof Handler) ? "the application's"
                        : (uncaught != null) ? "not the application's" : "none"));
                System.load(library());
                Throwable thrown = pool.submit((TaskAction) () -> System.load(library())).exception();
                System.out.println("second load: " + thrown);
            }
        }

        private static void change() {
            System.setProperty("shared", "set inside");
            java.util.Locale.setDefault(java.util.Locale.ITALY);
            java.util.TimeZone.setDefault(java.util.TimeZone.getTimeZone("Asia/Tokyo"));
            logger.setLevel(java.util.logging.Level.SEVERE);
            Thread.setDefaultUncaughtExceptionHandler(new Handler());
            System.out.println("printed inside: to the same stream");
        }

        /** One that nobody has loaded yet. */
        private static String library() {
            String directory = System.getProperty("os.name").startsWith("Windows") ? "bin" : "lib";
            return Path.of(System.getProperty("java.home"), directory, System.mapLibraryName("prefs")).toString();
        }

    }

    private static final class Handler implements Thread.UncaughtExceptionHandler {

        @Override
        public void uncaughtException(Thread thread, Throwable thrown) {
        }

    }

    @Test
    void anExitEndsEverything() throws Exception {
        try (JavaProgram program = start(Exiting.class)) {
            assertThat(program.awaitExit()).isEqualTo(7);
        }
    }

    /** Exits inside. */
    static final class Exiting {

        private Exiting() {
        }

        public static void main(String[] args) throws Exception {
            try (InterpreterPoolExecutor pool = new InterpreterPoolExecutor(1)) {
                pool.submit((TaskAction) () -> System.exit(7)).result();
            }
        }

    }

}
