package io.partd.benchmarks.sidebyside;

import java.time.Duration;
import java.util.List;

/**
 * How thorough a run is.
 *
 * @param scale the sizes, as a part of the published ones
 * @param rounds how often each process is started; those of growth and writers, of which there are many, once
 * @param seconds how long a process repeats its work to get warm
 * @param budget no round but the first begins that would not be over by then
 * @param times to which multiples of the rows a table grows
 * @param parts into how many parts it is split instead of 64
 * @param writers how many threads or processes write at once
 */
record Profile(
        String name,
        double scale,
        int rounds,
        int seconds,
        Duration budget,
        List<Integer> times,
        List<Integer> parts,
        List<Integer> writers) {

    static Profile named(String name) {
        return switch (name) {
            case "quick" ->
                new Profile(name, 0.05, 3, 1, Duration.ofSeconds(280), List.of(1, 4), List.of(1024), List.of(2));
            case "full" ->
                new Profile(
                        name,
                        1,
                        5,
                        3,
                        Duration.ofMinutes(38),
                        List.of(1, 2, 4, 8),
                        List.of(16, 256, 1024, 4096),
                        List.of(1, 2, 4));
            default -> throw new IllegalArgumentException("no such profile: " + name + "; use quick or full");
        };
    }

    Profile withScale(double newScale) {
        if (!(newScale > 0 && newScale <= 4)) {
            throw new IllegalArgumentException("-s is " + newScale + ": use more than 0 and at most 4");
        }
        return new Profile(name, newScale, rounds, seconds, budget, times, parts, writers);
    }

    Profile withRounds(int newRounds) {
        if (newRounds < 1) throw new IllegalArgumentException("-r is " + newRounds + ": use 1 or more");
        return new Profile(name, scale, newRounds, seconds, budget, times, parts, writers);
    }

    Profile withSeconds(int newSeconds) {
        return new Profile(name, scale, rounds, newSeconds, budget, times, parts, writers);
    }
}
