// SPDX-License-Identifier: Apache-2.0

package dev.futures;

import java.io.Serializable;

/**
 * A piece of work without a result, as {@link Task} is one with a result.
 */
@FunctionalInterface
public interface TaskAction extends Serializable {

    /**
     * Does the work.
     * @throws Exception if it fails
     */
    void run() throws Exception;

}
