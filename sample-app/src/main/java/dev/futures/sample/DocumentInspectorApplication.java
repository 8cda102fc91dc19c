// SPDX-License-Identifier: Apache-2.0

package dev.futures.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * The application. Nothing in it starts or stops a pool: the pools are in
 * {@code application.yaml}.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class DocumentInspectorApplication {

    /**
     * Starts the application.
     * @param arguments properties, such as {@code --server.port=9090}
     */
    public static void main(String[] arguments) {
        SpringApplication.run(DocumentInspectorApplication.class, arguments);
    }

}
