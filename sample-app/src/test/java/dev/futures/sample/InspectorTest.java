// SPDX-License-Identifier: Apache-2.0

package dev.futures.sample;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.test.context.SpringBootTest;

/** A test of the whole application, which all such tests share. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(classes = DocumentInspectorApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = { "document-inspector.directory=target/inspector", "document-inspector.hostile-time-limit=3s" })
@interface InspectorTest {

}
