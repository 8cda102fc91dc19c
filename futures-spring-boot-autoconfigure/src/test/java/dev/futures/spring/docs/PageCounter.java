// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.docs;

import org.springframework.stereotype.Component;

/**
 * What the inspector of the examples needs.
 */
@Component
class PageCounter {

    int count(byte[] document) {
        return document.length;
    }

}
