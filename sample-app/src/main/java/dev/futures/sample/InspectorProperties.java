// SPDX-License-Identifier: Apache-2.0

package dev.futures.sample;

import java.nio.file.Path;
import java.time.Duration;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What can be configured about the application itself.
 *
 * @param directory the directory in which the application makes one for its files
 * @param maxDocuments how many documents are kept; beyond that the oldest one that is
 * finished goes
 * @param hostileTimeLimit how long the endless loop runs before it is stopped
 */
@Validated
@ConfigurationProperties("document-inspector")
public record InspectorProperties(@NotNull Path directory, @DefaultValue("500") @Positive int maxDocuments,
        @NotNull Duration hostileTimeLimit) {
}
