// SPDX-License-Identifier: Apache-2.0
package dev.futures.sample.pdf;

/**
 * A document to try the application with. Two of them are never compared, hence the plain
 * array.
 *
 * @param fileName the name of the file
 * @param content the bytes of the file
 */
@SuppressWarnings("ArrayRecordComponent")
public record SampleDocument(String fileName, byte[] content) {
}
