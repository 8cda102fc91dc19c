// SPDX-License-Identifier: Apache-2.0

package dev.futures.benchmarks.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * One benchmark with one set of parameters, and all of its contestants.
 *
 * @param name what it is called among the measures of its row, empty if it is the only
 * one
 * @param benchmark the class and the method
 * @param unit the unit of the score, such as "ns a task"
 * @param params the benchmark's parameters apart from {@code contestant}
 * @param secondary the label of the secondary result that is the score, or {@code null}
 * if the primary one is
 * @param contestants those that take part, the first of which is ours
 * @param bounds what is promised
 * @param need what all contestants need
 */
record Measure(String name, String benchmark, String unit, Map<String, String> params, @Nullable String secondary,
        List<Contestant> contestants, List<Bound> bounds, Need need) {

    static Measure of(String name, Class<?> type, String method, String unit) {
        return new Measure(name, type.getName() + "." + method, unit, Map.of(), null, List.of(Contestant.FUTURES),
                List.of(), Need.NOTHING);
    }

    Measure with(String param, String value) {
        Map<String, String> params = new LinkedHashMap<>(this.params);
        params.put(param, value);
        return new Measure(this.name, this.benchmark, this.unit, params, this.secondary, this.contestants, this.bounds,
                this.need);
    }

    /**
     * Returns this measure of something that the benchmark counts itself.
     * @param label the label of JMH's secondary result
     * @return the measure
     */
    Measure secondary(String label) {
        return new Measure(this.name, this.benchmark, this.unit, this.params, label, this.contestants, this.bounds,
                this.need);
    }

    /**
     * Returns this measure of the bytes that are allocated for each operation.
     * @return the measure
     */
    Measure allocated() {
        return new Measure(this.name, this.benchmark, this.unit, this.params, "gc.alloc.rate.norm", this.contestants,
                this.bounds, this.need);
    }

    Measure against(Contestant... peers) {
        return new Measure(this.name, this.benchmark, this.unit, this.params, this.secondary,
                Stream.concat(this.contestants.stream(), Stream.of(peers)).toList(), this.bounds, this.need);
    }

    Measure promising(Bound... bounds) {
        return new Measure(this.name, this.benchmark, this.unit, this.params, this.secondary, this.contestants,
                List.of(bounds), this.need);
    }

    Measure needing(Need need) {
        return new Measure(this.name, this.benchmark, this.unit, this.params, this.secondary, this.contestants,
                this.bounds, need);
    }

    boolean isRate() {
        return this.unit.endsWith("/s");
    }

    /**
     * Returns why a contestant cannot take part in this JVM on this machine.
     * @param contestant the contestant
     * @return the reason, empty if it can
     */
    Optional<String> absence(Contestant contestant) {
        return this.need.absence().or(contestant.need()::absence);
    }

}
