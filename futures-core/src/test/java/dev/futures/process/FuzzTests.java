// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The targets of fuzzing with what fuzzing starts from, what it has found, and a little
 * more. The profile "fuzz" looks for more.
 */
class FuzzTests {

    private static final int MUTANTS = 60;

    private static void replay(String target, List<byte[]> inputs) throws Exception {
        for (byte[] input : inputs) {
            switch (target) {
                case "FramesFuzz" -> FramesFuzz.fuzzerTestOneInput(input);
                case "OutcomeFuzz" -> OutcomeFuzz.fuzzerTestOneInput(input);
                case "BootstrapFuzz" -> BootstrapFuzz.fuzzerTestOneInput(input);
                case "ChildFuzz" -> ChildFuzz.fuzzerTestOneInput(input);
                default -> throw new IllegalArgumentException(target);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "FramesFuzz", "OutcomeFuzz", "BootstrapFuzz", "ChildFuzz" })
    void whatFuzzingStartsFromIsReadOrRefused(String target) throws Exception {
        List<byte[]> seeds = FuzzSeeds.of(target);
        assertThat(seeds).isNotEmpty();
        replay(target, seeds);
    }

    @ParameterizedTest
    @ValueSource(strings = { "FramesFuzz", "OutcomeFuzz", "BootstrapFuzz" })
    void whatFuzzingHasFoundStaysMended(String target) throws Exception {
        assertThat(found(target)).isNotEmpty();
        replay(target, found(target));
    }

    private static List<byte[]> found(String target) throws IOException, URISyntaxException {
        URL directory = FuzzTests.class.getResource("/fuzz/" + target);
        List<byte[]> inputs = new ArrayList<>();
        if (directory != null) {
            try (Stream<Path> files = Files.list(Path.of(directory.toURI()))) {
                for (Path file : files.sorted().toList()) {
                    inputs.add(Files.readAllBytes(file));
                }
            }
        }
        return inputs;
    }

    @ParameterizedTest
    @ValueSource(strings = { "FramesFuzz", "OutcomeFuzz", "BootstrapFuzz", "ChildFuzz" })
    void nearlyRightBytesAreReadOrRefused(String target) throws Exception {
        Random random = new Random(1);
        for (byte[] seed : FuzzSeeds.of(target)) {
            List<byte[]> mutants = new ArrayList<>();
            for (int i = 0; i < MUTANTS && seed.length > 0; i++) {
                byte[] mutant = seed.clone();
                mutant[random.nextInt(Math.min(seed.length, 200))] = (byte) random.nextInt();
                mutants.add(mutant);
            }
            replay(target, mutants);
        }
    }

}
