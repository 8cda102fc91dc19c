// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.actuate.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the files of the console.
 */
class ConsoleFilesTests {

    @ParameterizedTest
    @MethodSource("ownFiles")
    void noFileNeedsAnotherHostOrWhatAStrictContentSecurityPolicyForbids(Resource file) throws IOException {
        String text = text(file);
        assertThat(text).contains("SPDX-License-Identifier: Apache-2.0");
        assertThat(text.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http:", "https:", "//cdn");
        assertThat(text).doesNotContainPattern(" style=|<style|<script>| on[a-z]+=\"|eval\\(|new Function");
    }

    @ParameterizedTest
    @MethodSource("ownFiles")
    void nothingIsReadAsHtml(Resource file) throws IOException {
        assertThat(text(file)).doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write",
                "DOMParser", "srcdoc");
    }

    static Stream<Resource> ownFiles() {
        return Stream.concat(Stream.of(page()),
                ConsoleAsset.all().filter((each) -> !each.location().contains("/")).map(ConsoleAsset::resource));
    }

    @Test
    void everyImportedModuleIsServed() throws IOException {
        Set<String> served = ConsoleAsset.all().map(ConsoleAsset::name).collect(Collectors.toSet());
        for (ConsoleAsset asset : ConsoleAsset.all().toList()) {
            List<String> imported = Pattern.compile("from '\\./([^']+)'")
                .matcher(text(asset.resource()))
                .results()
                .map((MatchResult each) -> each.group(1))
                .toList();
            assertThat(served).as(asset.name()).containsAll(imported);
        }
    }

    @Test
    void thePageSetsAStrictContentSecurityPolicy() throws IOException {
        assertThat(text(page())).contains("http-equiv=\"Content-Security-Policy\" content=\"default-src 'self';");
    }

    @Test
    void theChartsComeWithTheirLicenceAndAreNotServedByEveryApplication() throws IOException {
        assertThat(text(new ClassPathResource("uplot/LICENSE", ConsoleAsset.class))).contains("MIT License");
        assertThat(getClass().getClassLoader().getResource("META-INF/resources/webjars/uplot")).isNull();
    }

    private static Resource page() {
        return new ClassPathResource("console.html", ConsoleAsset.class);
    }

    private static String text(Resource file) throws IOException {
        return file.getContentAsString(StandardCharsets.UTF_8);
    }

}
