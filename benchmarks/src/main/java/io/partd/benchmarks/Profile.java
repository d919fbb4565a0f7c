package io.partd.benchmarks;

import java.time.Duration;

/**
 * How thorough a run is.
 *
 * @param scale the sizes, as a part of the published ones
 * @param rounds how often each process is started
 * @param fewRounds the same for growth and writers, of which there are many
 * @param seconds how long a process repeats its work to get warm
 * @param budget no round begins that would not be over by then
 */
record Profile(String name, double scale, int rounds, int fewRounds, int seconds, Duration budget) {

    static Profile named(String name) {
        return switch (name) {
            case "quick" -> new Profile(name, 0.1, 3, 1, 1, Duration.ofSeconds(270));
            case "full" -> new Profile(name, 1, 5, 2, 4, Duration.ofMinutes(37));
            default -> throw new IllegalArgumentException("no such profile: " + name + "; use quick or full");
        };
    }

    Profile withScale(double newScale) {
        if (!(newScale > 0 && newScale <= 4)) {
            throw new IllegalArgumentException("-s is " + newScale + ": use more than 0 and at most 4");
        }
        return new Profile(name, newScale, rounds, fewRounds, seconds, budget);
    }

    Profile withRounds(int newRounds) {
        if (newRounds < 1) throw new IllegalArgumentException("-r is " + newRounds + ": use 1 or more");
        return new Profile(name, scale, newRounds, Math.min(fewRounds, newRounds), seconds, budget);
    }

    Profile withSeconds(int newSeconds) {
        return new Profile(name, scale, rounds, fewRounds, newSeconds, budget);
    }
}
