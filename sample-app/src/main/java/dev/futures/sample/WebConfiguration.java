// SPDX-License-Identifier: Apache-2.0

package dev.futures.sample;

import jakarta.servlet.MultipartConfigElement;

import org.springframework.boot.servlet.autoconfigure.MultipartProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Where uploads go.
 */
@Configuration(proxyBeanMethods = false)
class WebConfiguration {

    /**
     * On the same file system as the documents, so that an upload is moved, not copied.
     */
    @Bean
    MultipartConfigElement multipartConfigElement(MultipartProperties properties, WorkDirectory files) {
        properties.setLocation(files.uploads().toString());
        return properties.createMultipartConfig();
    }

}
