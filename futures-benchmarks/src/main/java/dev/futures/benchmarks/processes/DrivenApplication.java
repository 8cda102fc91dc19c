// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.processes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A {@link StartDriver} and the files that it needs. Whatever cache there is to be is
 * ready before it is told to start anything.
 */
final class DrivenApplication implements AutoCloseable {

    private final Path directory;

    private final LineProcess process;

    DrivenApplication(String launch, String contestant) throws Exception {
        Launch how = Launch.valueOf(launch.toUpperCase(Locale.ROOT).replace('-', '_'));
        this.directory = Files.createTempDirectory("futures-benchmark-");
        Path caches = Files.createDirectory(this.directory.resolve("caches"));
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m"));
        command.addAll(how.main(how.prepare(this.directory, StartDriver.class), StartDriver.class));
        command.addAll(List.of(how.name(), contestant, caches.toString()));
        this.process = LineProcess.start(command);
        this.process.ask("train");
    }

    String ask(String request) {
        return this.process.ask(request);
    }

    @Override
    public void close() throws Exception {
        this.process.close();
        Launch.delete(this.directory);
    }

}
