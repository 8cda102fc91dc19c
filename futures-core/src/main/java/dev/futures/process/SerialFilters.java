// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

import java.io.ObjectInputFilter;

import org.jspecify.annotations.Nullable;

/**
 * Deserialization filters for what comes from another process.
 */
final class SerialFilters {

    /**
     * Bounds, and packages whose classes do more than hold data when they are
     * deserialized. The maxima are far above what data needs.
     */
    private static final String DEFAULT_PATTERN = "maxdepth=500;maxrefs=50000000;"
            + "!javax.management.**;!java.rmi.**;!javax.naming.**;!sun.rmi.**;!com.sun.rowset.**;!javax.sql.rowset.**;"
            + "!com.sun.jndi.**;!com.sun.org.apache.**;!java.beans.EventHandler;!javax.script.**;"
            + "!org.apache.commons.collections.functors.**;!org.apache.commons.collections4.functors.**;"
            + "!org.apache.commons.beanutils.**;!org.codehaus.groovy.runtime.**;!groovy.lang.**;"
            + "!org.springframework.beans.factory.**;!org.springframework.aop.**;!org.springframework.jndi.**;"
            + "!org.springframework.transaction.**;!org.hibernate.**;!com.mchange.**;!bsh.**;!org.mozilla.javascript.**;"
            + "!clojure.**;!org.python.core.**;!net.sf.json.**;!com.vaadin.**;!org.apache.click.**;!org.jboss.**;"
            + "!com.alibaba.fastjson.**;!ch.qos.logback.core.db.**";

    private static final ObjectInputFilter DEFAULT = ObjectInputFilter.Config.createFilter(DEFAULT_PATTERN);

    private SerialFilters() {
    }

    /** The given filter or else the default, and that of this JVM if it has one. */
    static ObjectInputFilter effective(@Nullable ObjectInputFilter configured) {
        ObjectInputFilter ours = (configured != null) ? configured : DEFAULT;
        ObjectInputFilter ofThisJvm = ObjectInputFilter.Config.getSerialFilter();
        if (ofThisJvm == null) {
            return ours;
        }
        return (info) -> {
            ObjectInputFilter.Status status = ofThisJvm.checkInput(info);
            return (status != ObjectInputFilter.Status.REJECTED) ? ours.checkInput(info) : status;
        };
    }

}
