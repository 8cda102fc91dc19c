// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.context;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says what of a context is left out. What fails for one task fails for most, so each is
 * said once.
 */
final class Omissions {

    private static final Logger logger = System.getLogger("dev.futures.spring.context");

    private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

    private Omissions() {
    }

    static void warn(ContextElement<?> element, String what, Throwable reason) {
        if (SAID.add(what + " " + element.key())) {
            logger.log(Level.WARNING, "could not " + what + " the context '" + element.key()
                    + "' of a task, which runs without it; this is said once", reason);
        }
    }

}
