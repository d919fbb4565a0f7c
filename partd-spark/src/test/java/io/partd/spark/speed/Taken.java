package io.partd.spark.speed;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** How long works took that are compared, round by round. */
final class Taken {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private static final double NANOS = 1e-9;

    private final String work;
    private final double rows;
    private final Map<Form, List<Time>> times = new LinkedHashMap<>();

    /**
     * One time.
     *
     * @param processor the seconds that all threads of this JVM have run for
     */
    private record Time(double seconds, double processor) {}

    Taken(String work, long rows) {
        this.work = work;
        this.rows = rows;
    }

    interface Work {
        void run() throws IOException;
    }

    void measure(Form form, Work what) throws IOException {
        System.gc();
        long cpu = SYSTEM.getProcessCpuTime();
        long start = System.nanoTime();
        what.run();
        Time time = new Time((System.nanoTime() - start) * NANOS, (SYSTEM.getProcessCpuTime() - cpu) * NANOS);
        times.computeIfAbsent(form, each -> new ArrayList<>()).add(time);
        System.err.printf(
                Locale.ROOT, "%s, %s: %.2f s, processor %.2f s%n", work, form.text, time.seconds, time.processor);
    }

    /** Prints the medians of all. */
    void print() {
        times.forEach((form, all) -> {
            double seconds = median(all.stream().map(Time::seconds).toList());
            double processor = median(all.stream().map(Time::processor).toList());
            System.out.printf(
                    Locale.ROOT,
                    "%-8s %-20s %8.2f s %7.2f M rows/s %8.2f s of processor%n",
                    work,
                    form.text,
                    seconds,
                    rows / seconds * 1e-6,
                    processor);
        });
    }

    /** Prints how many times as fast the first is as the other, and whether that is what it is to be. */
    void compare(Form first, Form other, double target) {
        double ratio = ratio(first, other, Time::seconds);
        System.out.printf(
                Locale.ROOT,
                "%-8s %s is %.2f times as fast as %s (by the processor's time %.2f); target %.1f: %s%n",
                work,
                first.text,
                ratio,
                other.text,
                ratio(first, other, Time::processor),
                target,
                ratio >= target ? "reached" : "missed");
    }

    /** The median of all rounds' ratios. */
    private double ratio(Form first, Form other, ToDoubleFunction<Time> of) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < times.get(first).size(); i++) {
            ratios.add(of.applyAsDouble(times.get(other).get(i))
                    / of.applyAsDouble(times.get(first).get(i)));
        }
        return median(ratios);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
