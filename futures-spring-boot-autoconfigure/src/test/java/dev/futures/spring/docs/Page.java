// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.docs;

import java.io.Serializable;

/**
 * What the renderer of the examples renders.
 */
record Page(String title, boolean large, boolean urgent) implements Serializable {

}
