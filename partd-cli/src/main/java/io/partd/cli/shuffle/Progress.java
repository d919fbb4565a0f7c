package io.partd.cli.shuffle;

import io.partd.cli.common.Terminal;
import io.partd.text.Text;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar on the terminal while a shuffle runs; nothing where standard error is none. */
final class Progress implements AutoCloseable {
    private static final int UPDATE_MILLIS = 200;

    private final long started = System.nanoTime();
    private final ProgressBar bar;

    Progress(String store) {
        bar = Terminal.isError() ? bar(store) : null;
    }

    private static ProgressBar bar(String name) {
        return new ProgressBarBuilder()
                .setTaskName(Text.oneLine(name))
                .setInitialMax(-1)
                .setUnit(" rows", 1)
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setConsumer(new ConsoleProgressBarConsumer(System.err, Terminal.columns()))
                .clearDisplayOnFinish()
                .build();
    }

    /** @param done how much of the work that was, from 0 to 1, or less than 0 where that is not known */
    void show(long rows, long bytes, double done) {
        if (bar == null) return;
        bar.stepTo(rows);
        bar.maxHint(done > 0 ? Math.max(rows, Math.round(rows / Math.min(1, done))) : -1);
        bar.setExtraMessage(Text.bytes(bytes / ((System.nanoTime() - started) / 1e9)) + "/s");
    }

    @Override
    public void close() {
        if (bar != null) bar.close();
    }
}
