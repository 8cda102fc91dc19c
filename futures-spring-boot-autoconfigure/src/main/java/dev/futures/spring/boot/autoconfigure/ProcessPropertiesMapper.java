// SPDX-License-Identifier: Apache-2.0

package dev.futures.spring.boot.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.futures.pool.QueueFullPolicy;
import dev.futures.process.ProcessPoolBuilder;

import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * Tells the builder of a process pool what only such pools have.
 */
final class ProcessPropertiesMapper {

    private ProcessPropertiesMapper() {
    }

    static void apply(PropertyApplier applier, ProcessPoolProperties own, ProcessPoolProperties defaults,
            ProcessPoolBuilder builder) {
        applyJvm(applier, own, defaults, builder);
        applyLife(applier, own, defaults, builder);
        QueueFullPolicy inherited = defaults.getQueueFullPolicy();
        applier.apply("queue-full-policy", "reject", own.getQueueFullPolicy(),
                (inherited != QueueFullPolicy.CALLER_RUNS) ? inherited : null, builder::queueFullPolicy);
        applier.apply("max-payload", "256MB", own.getMaxPayload(), defaults.getMaxPayload(),
                (size) -> builder.maxPayload(payload(size)));
        applier.apply("serial-filter", "maxdepth=20;com.example.*;java.base/*;!*", own.getSerialFilter(),
                defaults.getSerialFilter(), (pattern) -> builder.serialFilter(SerialFilterPattern.parse(pattern)));
    }

    private static void applyJvm(PropertyApplier applier, ProcessPoolProperties own, ProcessPoolProperties defaults,
            ProcessPoolBuilder builder) {
        applier.apply("max-heap", "256MB", own.getMaxHeap(), defaults.getMaxHeap(),
                (size) -> builder.maxHeap(size.toBytes()));
        applier.apply("jvm-options", "-XX:MaxMetaspaceSize=128m", own.getJvmOptions(), defaults.getJvmOptions(),
                builder::jvmOptions);
        applier.apply("java", "/opt/jdk/bin/java", own.getJava(), defaults.getJava(), builder::java);
        applier.apply("startup-cache", "/var/cache/application", own.getStartupCache(), defaults.getStartupCache(),
                builder::startupCache);
        applier.apply("inherited-variables", "PATH, LANG, LC_*", own.getInheritedVariables(),
                defaults.getInheritedVariables(), builder::inheritedVariables);
        Map<String, String> environment = new LinkedHashMap<>(defaults.getEnvironment());
        environment.putAll(own.getEnvironment());
        applier.apply("environment", "NAME: value", own.getEnvironment().isEmpty() ? null : environment,
                environment.isEmpty() ? null : environment, builder::environment);
        applier.apply("working-directory", "/tmp", own.getWorkingDirectory(), defaults.getWorkingDirectory(),
                builder::workingDirectory);
    }

    private static void applyLife(PropertyApplier applier, ProcessPoolProperties own, ProcessPoolProperties defaults,
            ProcessPoolBuilder builder) {
        applier.apply("death-policy", "heal", own.getDeathPolicy(), defaults.getDeathPolicy(), builder::deathPolicy);
        applier.apply("max-tasks-per-child", "1000", own.getMaxTasksPerChild(), defaults.getMaxTasksPerChild(),
                builder::maxTasksPerChild);
        applier.apply("max-memory-per-child", "512MB", own.getMaxMemoryPerChild(), defaults.getMaxMemoryPerChild(),
                (size) -> builder.maxMemoryPerChild(size.toBytes()));
        applier.apply("max-age-per-child", "1h", own.getMaxAgePerChild(), defaults.getMaxAgePerChild(),
                builder::maxAgePerChild);
        applier.apply("warm-spares", "1", own.getWarmSpares(), defaults.getWarmSpares(), builder::warmSpares);
        applier.apply("start-timeout", "60s", own.getStartTimeout(), defaults.getStartTimeout(), builder::startTimeout);
        applier.apply("restart-limit", "5", own.getRestartLimit(), defaults.getRestartLimit(), builder::restartLimit);
        applier.apply("stop-grace", "500ms", own.getStopGrace(), defaults.getStopGrace(), builder::stopGrace);
    }

    private static int payload(DataSize size) {
        Assert.isTrue(size.toBytes() <= Integer.MAX_VALUE,
                () -> "maxPayload must be less than 2GB, since a message is an array of bytes, but was "
                        + size.toMegabytes() + "MB");
        return Math.toIntExact(size.toBytes());
    }

}
