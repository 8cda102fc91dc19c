// SPDX-License-Identifier: Apache-2.0
package dev.futures.sample.pdf;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that what an inspection returns or throws can travel to another JVM.
 */
class UnreadableDocumentExceptionTests {

    @Test
    void exceptionKeepsItsMessage() throws Exception {
        Object copy = copy(new UnreadableDocumentException("the file is empty"));
        assertThat(copy).isInstanceOf(UnreadableDocumentException.class)
            .hasToString(new UnreadableDocumentException("the file is empty").toString());
    }

    @Test
    void resultKeepsItsValues() throws Exception {
        Inspection inspection = new Inspection(3, "title", null, 1, 42);
        assertThat(copy(inspection)).isEqualTo(inspection);
    }

    private static Object copy(Object object) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
            output.writeObject(object);
        }
        try (ObjectInputStream input = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return input.readObject();
        }
    }

}
