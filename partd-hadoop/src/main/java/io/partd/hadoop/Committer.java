package io.partd.hadoop;

import io.partd.base.Failures;
import io.partd.log.Generation;
import io.partd.log.IndexPart;
import io.partd.log.SegmentFormat;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Makes the manifest of the next generation. Where another commit was faster, it looks again at what it follows. Where
 * an answer was lost, the manifest's UUID, or the job that it remembers, says whether it was made. For one thread, and
 * one commit.
 */
final class Committer {
    /** So often the file system may fail. */
    private static final int MAX_FAILURES = 5;

    private static final long PAUSE_MILLIS = 20;
    private static final int MAX_PAUSES = 25;
    /** Jobs are remembered for a day, and at least so many of them. */
    private static final int MIN_JOBS = 1000;

    private static final long JOB_MILLIS = TimeUnit.DAYS.toMillis(1);
    private static final System.Logger LOG = System.getLogger("io.partd");

    private final HadoopMedium medium;
    private final String job;
    private final Change change;
    private final UUID id = UUID.randomUUID();
    /** What was written to name the segments of a local store that was copied there. */
    private List<IndexPart> imported = List.of();

    private int failures;
    /** The number of a manifest that may have been made though the try failed, or may yet be. */
    private OptionalLong doubtful = OptionalLong.empty();

    /** What a commit makes of what is there. */
    interface Change {

        /** May refuse, by what it throws, to follow what is there; called for each try. */
        void check(StoreHead before) throws IOException;

        /** Whether what is there counts on. */
        boolean keeps();

        /** The indexes that the next manifest names; those that are new have this stamp. */
        List<IndexPart> parts(List<IndexPart> before, long stamp) throws IOException;

        /** The properties from then on. */
        Map<String, String> properties(Map<String, String> before);

        /** Removes what was written for a manifest that will not be. */
        void undo() throws IOException;
    }

    Committer(HadoopMedium medium, String job, Change change) {
        this.medium = medium;
        this.job = job;
        this.change = change;
    }

    /** Commits; gives the generation. */
    long run() {
        boolean done = false;
        try {
            medium.requirePublishing();
            for (int tries = 1; ; tries++) {
                StoreHead head = StoreHead.load(medium);
                OptionalLong before = head.generationOf(job);
                if (before.isPresent()) return before.getAsLong();
                settleDoubt(head);
                change.check(head);
                Generation next = next(head);
                if (publish(next)) {
                    done = true;
                    medium.hint(next.number());
                    return next.number();
                }
                pause(tries);
            }
        } catch (IOException e) {
            throw Failures.world(
                    "cannot commit to the store in " + medium.root
                            + (doubtful.isPresent()
                                    ? ", and whether it happened is unknown: commit again with the same job id"
                                    : "; nothing was changed"),
                    e);
        } finally {
            if (!done && doubtful.isEmpty()) undo();
        }
    }

    private Generation next(StoreHead head) throws IOException {
        if (doubtful.isEmpty()) Indexes.delete(medium, imported);
        imported = List.of();
        Generation before = change.keeps() ? head.orImported(medium) : head.withoutSegments();
        if (head.numbered().isEmpty()) imported = before.parts();
        long number = before.number() + 1;
        long now = System.currentTimeMillis();
        long stamp = Math.max(before.lastStamp() + 1, TimeUnit.MILLISECONDS.toNanos(now));
        List<IndexPart> parts = change.parts(before.parts(), stamp);
        long lastStamp = parts.stream().mapToLong(IndexPart::stamp).reduce(stamp, Math::max);
        return new Generation(
                number, lastStamp, id, parts, jobs(before.jobs(), number, now), change.properties(before.properties()));
    }

    private List<Generation.Job> jobs(List<Generation.Job> before, long number, long now) {
        List<Generation.Job> all = new ArrayList<>();
        int surplus = before.size() + 1 - MIN_JOBS;
        for (int i = 0; i < before.size(); i++) {
            if (i >= surplus || now - before.get(i).millis() < JOB_MILLIS) all.add(before.get(i));
        }
        all.add(new Generation.Job(job, number, now));
        return all;
    }

    /** False where another commit was faster, or where the file system failed and may work the next time. */
    private boolean publish(Generation next) throws IOException {
        try {
            return medium.publish(next.number(), next.encode()) || isMine(next.number());
        } catch (Publisher.NotMadeException e) {
            return failed(e);
        } catch (IOException e) {
            doubtful = OptionalLong.of(next.number()); // the next look at the store tells
            return failed(e);
        }
    }

    /** False, for another try; throws what happened where there were enough. */
    private boolean failed(IOException e) throws IOException {
        if (++failures == MAX_FAILURES) throw e;
        LOG.log(Level.DEBUG, "trying again to commit to " + medium.root, e);
        return false;
    }

    /** Somebody else's manifest has the number that was in doubt: ours was not made, and cannot be any more. */
    private void settleDoubt(StoreHead head) {
        boolean taken =
                doubtful.isPresent() && head.numbered().isPresent() && head.generation() >= doubtful.getAsLong();
        if (taken) doubtful = OptionalLong.empty();
    }

    private boolean isMine(long number) throws IOException {
        String name = SegmentFormat.NUMBERED + number;
        return Generation.decode(medium.load(name), medium.describe(name))
                .commit()
                .equals(id);
    }

    /** Longer with each try, and not as long as others. */
    private static void pause(int tries) throws IOException {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(PAUSE_MILLIS * Math.min(tries, MAX_PAUSES)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while waiting for another try").initCause(e);
        }
    }

    private void undo() {
        try {
            change.undo();
            Indexes.delete(medium, imported);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "could not remove what was written for a commit that was not made; vacuum does", e);
        }
    }
}
