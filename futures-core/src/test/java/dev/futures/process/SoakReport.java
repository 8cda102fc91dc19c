// SPDX-License-Identifier: Apache-2.0

package dev.futures.process;

/**
 * The figures of a soak, as a table.
 */
final class SoakReport {

    private final StringBuilder text = new StringBuilder();

    private SoakReport() {
    }

    static String of(long seed, double seconds, SoakLedger ledger, SoakUsage before, SoakUsage after,
            SoakMemory memory) {
        SoakReport report = new SoakReport();
        report.text.append(String.format("%n%-48s %12s%n", "soak", "seed " + seed));
        report.line("seconds", String.format("%.0f", seconds));
        ledger.counts().forEach((what, number) -> report.line(what, number));
        report.line("tasks and maps in all", ledger.tasks());
        report.line("tasks and maps a second", String.format("%.0f", ledger.tasks() / seconds));
        report.line("pool cycles", ledger.cycles());
        report.line("callbacks, each once", ledger.callbacks());
        before.counts()
            .forEach((what, number) -> report.line(what + " before, after", number + ", " + after.counts().get(what)));
        report.line("heap in MiB before, after", String.format("%.1f, %.1f", before.heap(), after.heap()));
        report.line("heap in MiB in the first, last third",
                String.format("%.1f, %.1f", memory.firstThird(), memory.lastThird()));
        report.line("unexpected", ledger.failures().size());
        return report.text.toString();
    }

    private void line(String what, Object value) {
        this.text.append(String.format("%-48s %12s%n", what, value));
    }

}
