// SPDX-License-Identifier: Apache-2.0

package dev.futures.sample;

/**
 * What is known about a file once it has been stored.
 *
 * @param sha256 its SHA-256 in hexadecimal digits
 */
public record Fingerprint(String sha256) {
}
