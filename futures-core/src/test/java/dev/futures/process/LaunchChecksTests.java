// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LaunchChecksTests {

    @TempDir
    private Path directory;

    @Test
    void aWorkingDirectoryIsADirectory() throws Exception {
        assertThat(LaunchChecks.workingDirectory(this.directory)).isEqualTo(this.directory);
        assertThatIllegalArgumentException()
            .isThrownBy(() -> LaunchChecks.workingDirectory(this.directory.resolve("none")))
            .withMessage("workingDirectory must be a directory that exists but was " + this.directory.resolve("none"));
        Path file = Files.createFile(this.directory.resolve("file"));
        assertThatIllegalArgumentException().isThrownBy(() -> LaunchChecks.workingDirectory(file))
            .withMessageEndingWith("file, a file");
    }

    @Test
    void aJavaIsAProgram() throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        assertThat(LaunchChecks.java(java)).isEqualTo(java);
        Path plain = Files.createFile(this.directory.resolve("file"));
        for (Path wrong : List.of(this.directory, plain, this.directory.resolve("none"))) {
            assertThatIllegalArgumentException().isThrownBy(() -> LaunchChecks.java(wrong))
                .withMessageContaining("but was " + wrong);
        }
    }

    @Test
    void variablesHaveNamesAndNoNul() {
        Map<String, String> fine = Map.of("A", "", "b.c", "x=y");
        assertThat(LaunchChecks.environment(fine)).isEqualTo(fine);
        for (String name : List.of("", "a=b", "=C:", "a\0b")) {
            assertThatIllegalArgumentException().isThrownBy(() -> LaunchChecks.environment(Map.of(name, "")))
                .withMessageContaining("'" + name.replace("\0", "\\0") + "'");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> LaunchChecks.environment(Map.of("A", "secret\0")))
            .withMessage("the value of environment variable 'A' must not contain NUL");
    }

    @Test
    void optionsOfAJvmAreTaken() {
        List<String> options = List.of("-Xmx1g", "-ea", "-Da=b c", "-XX:+UseG1GC", "--add-opens",
                "java.base/java.lang=ALL-UNNAMED", "--add-opens=java.base/java.util=ALL-UNNAMED", "-p", "@mods",
                "-javaagent:a.jar", "--enable-preview", "-agentlib:jdwp=transport=dt_socket", "-XshowSettings:vm",
                "-D-cp=1", "-Xlog:gc", "-verbose:gc", "-showversion");
        assertThat(LaunchChecks.jvmOptions(options)).isEqualTo(options);
        assertThat(LaunchChecks.jvmOptions(List.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "-cp", "-classpath", "--class-path", "--class-path=x", "-jar", "-m", "--module",
            "--module=a/b", "--source=17", "-version", "--version", "-help", "-?", "--dry-run", "-X", "Main", "@file",
            "", "  ", "-Da=\n", "-Da=\r", "-Da=\0", "Main\0" })
    void whatIsNoOptionOrRunsSomethingElseIsRefused(String option) {
        String shown = option.replace("\n", "\\n").replace("\r", "\\r").replace("\0", "\\0");
        assertThatIllegalArgumentException().isThrownBy(() -> LaunchChecks.jvmOptions(List.of("-ea", option)))
            .withMessageStartingWith("jvmOptions must not contain '" + shown + "': ");
    }

    @Test
    void anOptionThatNeedsAValueHasOne() {
        assertThatIllegalArgumentException().isThrownBy(() -> LaunchChecks.jvmOptions(List.of("-ea", "--add-opens")))
            .withMessageContaining("it needs a value");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> LaunchChecks.jvmOptions(List.of("--add-modules", "java.sql", "Main")))
            .withMessageContaining("'Main'");
    }

    @Test
    void argumentsOfAFileStandForThemselves() throws Exception {
        Path file = this.directory.resolve("a");
        ArgumentFile.write(file, List.of("a b", "c\"d", "e\\", "f\ng", "#h", "@i"));
        assertThat(Files.readAllLines(file)).containsExactly("\"a b\"", "\"c\\\"d\"", "\"e\\\\\"", "\"f\\ng\"",
                "\"#h\"", "\"@i\"");
        assertThatExceptionOfType(WorkerStartException.class)
            .isThrownBy(() -> ArgumentFile.write(file, List.of("-cp", "x\ufffdy")))
            .withMessageContaining("x\ufffdy")
            .withMessageContaining("LC_ALL")
            .matches(WorkerStartException::isPermanent);
    }

    @Test
    void onlyWhatMakesClassesTheSameIsInherited() {
        List<String> inherited = List.of("--add-opens=java.base/java.lang=a", "--add-exports=a/b=c", "--add-modules=x",
                "--enable-native-access=a", "--limit-modules=a,b", "-ea:dev...", "-esa", "--enable-preview",
                "-Duser.language=de", "-Dhttp.proxyHost=h", "-Djava.net.preferIPv4Stack=true", "-Djdk.serialFilter=!*",
                "-Djdk.serialFilterFactory=F", "-Djdk.xml.entityExpansionLimit=1", "-Djavax.net.ssl.trustStore=NONE",
                "-Djavax.net.ssl.trustStorePassword=p", "-Dfutures.worker.transport=loopback");
        assertThat(InheritedOptions.from(inherited)).isEqualTo(inherited);
        assertThat(InheritedOptions.from(List.of("-Xmx1g", "-Xms1g", "-Xss1m", "-XX:MaxRAMPercentage=75", "-XX:+UseZGC",
                "-XX:Flags=f", "-XX:VMOptionsFile=f", "-javaagent:a.jar", "-agentlib:jdwp=x", "-agentpath:x",
                "-Xrunjdwp:x", "-Xdebug", "-Dcom.sun.management.jmxremote.port=1", "-Djava.rmi.server.hostname=x",
                "-Xlog:gc:file=x", "-Xloggc:x", "-XX:HeapDumpPath=x", "-XX:ErrorFile=x", "-XX:OnOutOfMemoryError=x",
                "-XX:OnError=x", "-XX:StartFlightRecording", "-XX:SharedArchiveFile=x", "-XX:AOTCache=x",
                "-XX:ArchiveClassesAtExit=x", "-Xshare:on", "-XX:NativeMemoryTracking=summary",
                "-XX:ActiveProcessorCount=1", "-Djdk.module.main=app", "-Duser.dir=/x", "-Dof.user=1",
                "-Djavax.net.ssl.keyStorePassword=p", "--module-path=x")))
            .isEmpty();
    }

    @Test
    void pathsInInheritedOptionsAreAbsolute() throws Exception {
        Path here = Path.of("").toAbsolutePath();
        String trusted = here.relativize(Files.createFile(this.directory.resolve("trusted"))).toString();
        assertThat(InheritedOptions.from(List.of("--patch-module", "app=a:/b", "--patch-module=app=c",
                "--upgrade-module-path=up", "-Djava.io.tmpdir=t", "-Djava.library.path=l:/m", "-Xbootclasspath/a:x",
                "-Djavax.net.ssl.trustStore=" + trusted, "-Djava.security.properties=" + trusted)))
            .containsExactly(
                    "--patch-module=app=" + String.join(File.pathSeparator, here.resolve("a").toString(), "/b"),
                    "--patch-module=app=" + here.resolve("c"), "--upgrade-module-path=" + here.resolve("up"),
                    "-Djava.io.tmpdir=" + here.resolve("t"),
                    "-Djava.library.path=" + String.join(File.pathSeparator, here.resolve("l").toString(), "/m"),
                    "-Xbootclasspath/a:" + here.resolve("x"), "-Djavax.net.ssl.trustStore=" + here.resolve(trusted),
                    "-Djava.security.properties=" + here.resolve(trusted));
    }

    @Test
    void anExitOfWindowsIsSaidAsThereIsUsual() {
        assertThat(ExitStatus.describe(0xC0000005, List.of())).isEqualTo("exited with status -1073741819 (0xC0000005)");
        assertThat(Arrays.asList(ExitStatus.describe(-1, List.of()), ExitStatus.describe(1, List.of())))
            .containsExactly("exited with status -1", "exited with status 1");
    }

    @Test
    void whatIsIncompleteIsInheritedAsItIs() {
        List<String> incomplete = List.of("--patch-module=app", "-Djava.library.path=", "--add-opens");
        assertThat(InheritedOptions.from(incomplete)).isEqualTo(incomplete);
        assertThat(InheritedOptions.from(List.of("-Djava.library.path=" + File.pathSeparator + "/m")))
            .containsExactly("-Djava.library.path=/m");
    }

}
