package io.partd.cli.common;

import io.partd.text.Text;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBarRenderer;
import me.tongfei.progressbar.ProgressState;

/**
 * The line of a bar: what is worked on, how much is done in hundredths and as a bar, how many, how fast, and how long
 * it will take. A total is shown where it is known, and none is guessed.
 */
final class BarLine implements ProgressBarRenderer {
    private static final int MOST_NAME = 30;
    private static final int LEAST_BAR = 4;
    private static final int MOST_BAR = 40;

    private final String unit;
    private volatile double done = -1;

    /** @param unit what is counted, in the plural */
    BarLine(String unit) {
        this.unit = unit;
    }

    /** How much of the work is done, from 0 to 1, where the total does not say; less than 0 where nobody knows. */
    void done(double part) {
        done = part;
    }

    @Override
    public String render(ProgressState state, int width) {
        double part = state.isIndefinite() ? done : state.getNormalizedProgress();
        boolean known = part >= 0;
        String before = Text.cut(state.getTaskName(), MOST_NAME)
                + (known ? String.format(Locale.ROOT, " %3d%% ", Math.round(100 * Math.min(1, part))) : "  ");
        String behind = " " + counts(state) + (known ? left(state.getElapsedAfterStart(), part) : "");
        int room = Math.min(MOST_BAR, width - Text.width(before) - Text.width(behind) - 2);
        String bar = known && room >= LEAST_BAR ? bar(part, room) : "";
        return Text.cut(before + bar + behind, Math.max(1, width));
    }

    private static String bar(double part, int room) {
        String filled = Text.bar(Math.round(part * 1000), 1000, room);
        return "│" + filled + " ".repeat(Math.max(0, room - Text.width(filled))) + "│";
    }

    private String counts(ProgressState state) {
        String total = state.isIndefinite() ? "" : "/" + Text.count(state.getMax());
        String speed = state.getExtraMessage();
        return Text.count(state.getCurrent()) + total + " " + unit + (speed.isEmpty() ? "" : ", " + speed);
    }

    /** Not before there is something to reckon with. */
    private static String left(Duration elapsed, double part) {
        if (part < 0.01 || part >= 1) return "";
        long seconds = Math.round(elapsed.toMillis() / 1000.0 * (1 - part) / part);
        return String.format(Locale.ROOT, ", %d:%02d left", seconds / 60, seconds % 60);
    }
}
