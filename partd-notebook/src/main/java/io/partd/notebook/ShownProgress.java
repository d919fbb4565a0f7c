package io.partd.notebook;

import io.partd.Progress;
import io.partd.text.Text;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Work that is shown once it has lasted for a while, and then again and again. A thread of its own does that: the one
 * that works may be interrupted, and would take the kernel's channels with it. Safe for several threads.
 */
final class ShownProgress implements Progress {
    private static final long PATIENCE_MILLIS = 700;
    private static final long PERIOD_MILLIS = 300;
    private static final int BAR = 30;

    private final Notebook notebook;
    private final String what;
    private final String unit;
    private final long total;
    private final long start = System.nanoTime();
    private final AtomicLong done = new AtomicLong();
    private final String id = UUID.randomUUID().toString();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private final Thread shower;
    private boolean closed;
    private boolean shown;

    ShownProgress(Notebook notebook, String what, String unit, long total) {
        this.notebook = notebook;
        this.what = what;
        this.unit = unit;
        this.total = total;
        this.shower = new Thread(this::showUntilEnd, "partd-progress");
        shower.setDaemon(true);
        shower.start();
    }

    @Override
    public void add(long amount) {
        done.addAndGet(amount);
    }

    private void showUntilEnd() {
        lock.lock();
        try {
            long wait = PATIENCE_MILLIS;
            while (!closed) {
                if (!ended.await(wait, TimeUnit.MILLISECONDS) && !closed) show();
                wait = PERIOD_MILLIS;
            }
            if (shown) show();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does that; the work goes on unseen
        } finally {
            lock.unlock();
        }
    }

    private void show() {
        if (shown) notebook.update(id, view());
        else notebook.show(id, view());
        shown = true;
    }

    private View view() {
        long count = done.get();
        double seconds = (System.nanoTime() - start) / 1e9;
        String text = String.format(Locale.ROOT, "%s: %,d %s in %.1f s", what, count, unit, seconds);
        if (seconds > 0) text += String.format(Locale.ROOT, ", %,.0f %s/s", count / seconds, unit);
        String html = "<div class=\"partd-progress\">" + Html.escape(text) + "</div>";
        if (total > 0)
            html += "<progress style=\"width:20em\" max=\"" + total + "\" value=\"" + count + "\"></progress>";
        return new View(html, total > 0 ? Text.bar(count, total, BAR) + ' ' + text : text);
    }

    /** Ends the display; returns once the last state is shown, while the cell still runs. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            ended.signal();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (shower.isAlive()) {
            try {
                shower.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
