package io.partd.cli.common;

import io.partd.Progress;
import io.partd.text.Text;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** A bar on the terminal while long work runs; nothing where standard error is none. */
public final class Bar implements Progress {
    private static final int UPDATE_MILLIS = 200;

    private final long started = System.nanoTime();
    private final BarLine line;
    private final ProgressBar bar;

    /**
     * A bar for some work.
     *
     * @param what what is worked on
     * @param unit what is counted, in the plural
     * @param total how many there are, or {@link #UNKNOWN}
     */
    public Bar(String what, String unit, long total) {
        line = new BarLine(unit);
        bar = Terminal.isError() ? bar(what, total) : null;
    }

    private ProgressBar bar(String what, long total) {
        return new ProgressBarBuilder()
                .setTaskName(Text.oneLine(what))
                .setInitialMax(total)
                .setRenderer(line)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setConsumer(new ConsoleProgressBarConsumer(System.err, Terminal.columns()))
                .clearDisplayOnFinish()
                .build();
    }

    @Override
    public void add(long amount) {
        if (bar != null) bar.stepBy(amount);
    }

    /**
     * Shows how much is done of work whose total is not known.
     *
     * @param done how much of the work that was, from 0 to 1, or less than 0 where that is not known
     */
    public void show(long amount, long bytes, double done) {
        if (bar == null) return;
        bar.stepTo(amount);
        line.done(done);
        bar.setExtraMessage(Text.bytes(bytes / ((System.nanoTime() - started) / 1e9)) + "/s");
    }

    @Override
    public void close() {
        if (bar != null) bar.close();
    }
}
