// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.context;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Says what of a context is left out. What fails for one task fails for most, so each is
 * said once.
 */
final class Omissions {

    private static final Log logger = LogFactory.getLog("dev.futures.spring.context");

    private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

    private Omissions() {
    }

    static void warn(ContextElement<?> element, String what, Throwable reason) {
        if (SAID.add(what + " " + element.key())) {
            logger.warn("could not " + what + " the context '" + element.key()
                    + "' of a task, which goes on without that; this is said once", reason);
        }
    }

}
