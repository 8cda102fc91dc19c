// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.ObjectInputFilter;

import dev.futures.serial.JvmFilter;
import org.jspecify.annotations.Nullable;

/**
 * Deserialization filters for what comes from another process.
 */
final class SerialFilters {

    private static final int MAX_DEPTH = 64;

    private static final int MAX_REFERENCES = 50_000_000;

    /**
     * Bounds, and packages whose classes do more than hold data when they are
     * deserialized. This does not stop an input that is made to take for ever.
     */
    private static final String DEFAULT_PATTERN = "maxdepth=" + MAX_DEPTH + ";maxrefs=" + MAX_REFERENCES + ";"
            + "!javax.management.**;!java.rmi.**;!javax.naming.**;!sun.rmi.**;!com.sun.rowset.**;!javax.sql.rowset.**;"
            + "!com.sun.jndi.**;!com.sun.org.apache.**;!java.beans.EventHandler;!javax.script.**;"
            + "!org.apache.commons.collections.functors.**;!org.apache.commons.collections4.functors.**;"
            + "!org.apache.commons.beanutils.**;!org.codehaus.groovy.runtime.**;!groovy.lang.**;"
            + "!org.springframework.beans.factory.**;!org.springframework.aop.**;!org.springframework.jndi.**;"
            + "!org.springframework.transaction.**;!org.hibernate.**;!com.mchange.**;!bsh.**;!org.mozilla.javascript.**;"
            + "!clojure.**;!org.python.core.**;!net.sf.json.**;!com.vaadin.**;!org.apache.click.**;!org.jboss.**;"
            + "!com.alibaba.fastjson.**;!ch.qos.logback.core.db.**";

    private static final ObjectInputFilter PATTERN = ObjectInputFilter.Config.createFilter(DEFAULT_PATTERN);

    /** For what a child receives from the parent, which it has to trust anyway. */
    private static final ObjectInputFilter FROM_PARENT = ObjectInputFilter.Config.createFilter("maxdepth=500");

    private static final String MAP_FAILURE = "dev.futures.MapFailure";

    private SerialFilters() {
    }

    /** For what a parent receives: the given filter or else the default. */
    static ObjectInputFilter fromChild(@Nullable ObjectInputFilter configured) {
        return JvmFilter.and((configured != null) ? admittingOwn(configured) : SerialFilters::checkByDefault);
    }

    /** An allow-list need not know what this library puts around values. */
    private static ObjectInputFilter admittingOwn(ObjectInputFilter configured) {
        return (info) -> {
            Class<?> type = info.serialClass();
            boolean own = type != null && type.getName().equals(MAP_FAILURE);
            return own ? ObjectInputFilter.Status.UNDECIDED : configured.checkInput(info);
        };
    }

    /**
     * Returns what to do about a refusal in a parent, to be appended to a message, given
     * what to call the setting.
     */
    static String advice(String setting) {
        boolean ofThisJvm = ObjectInputFilter.Config.getSerialFilter() != null;
        return "; if it is to be trusted, give the pool a " + setting + " that allows it (the default allows depth "
                + MAX_DEPTH + " and " + MAX_REFERENCES + " references, and refuses classes that may do harm)"
                + (ofThisJvm ? ", and look at jdk.serialFilter of this JVM" : "");
    }

    static ObjectInputFilter fromParent() {
        return JvmFilter.and(FROM_PARENT);
    }

    /** Exceptions hold data, wherever they are declared, and are needed for diagnosis. */
    private static ObjectInputFilter.Status checkByDefault(ObjectInputFilter.FilterInfo info) {
        Class<?> type = info.serialClass();
        if (type != null && Throwable.class.isAssignableFrom(type)) {
            return ObjectInputFilter.Status.UNDECIDED;
        }
        return PATTERN.checkInput(info);
    }

}
