package org.sallyport.app.cli;

/** {@code [##########..........] 50 %}. */
final class ProgressBar {
    private static final int CELLS = 20;

    private ProgressBar() { }

    /** @param progress 0..1; what lies outside is shown as the nearer end */
    static String of(double progress) {
        double shown = Math.max(0, Math.min(1, progress));
        int full = (int) Math.floor(shown * CELLS);
        return "[" + "#".repeat(full) + ".".repeat(CELLS - full) + "] " + String.format("%3d %%", Amounts.percent(shown));
    }
}
