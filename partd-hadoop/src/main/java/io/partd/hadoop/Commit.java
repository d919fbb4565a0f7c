package io.partd.hadoop;

import io.partd.base.Failures;
import io.partd.base.KeyCheck;
import io.partd.log.IndexPart;
import io.partd.log.SegmentIndexes;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;

/**
 * A change of a store that happens whole or not at all, and once: what tasks have written, keys that are deleted, what
 * the store begins anew with. It is in force when {@link #run} returns; who opens the store afterwards sees it.
 *
 * <p>Any number of commits may run at once, on any machines: one after the other is made. Within a key, the order is
 * that of the commits, then that of the segments as they were added, then that of the appends of a task. To be built
 * and run by one thread.
 */
public final class Commit {
    /** Segments that were sealed before are looked for: a vacuum may have taken them for forgotten. */
    private static final long SURELY_THERE_MILLIS = TimeUnit.HOURS.toMillis(1);

    private final URI store;
    private final Configuration conf;
    private final String jobId;
    private final List<WrittenSegment> segments = new ArrayList<>();
    private final Set<String> deleted = new LinkedHashSet<>();
    private Map<String, String> properties;
    private boolean replacing;
    private boolean creating;
    private Consumer<Map<String, String>> check = before -> {};

    private Commit(URI store, Configuration conf, String jobId) {
        this.store = store;
        this.conf = conf;
        this.jobId = jobId;
    }

    /**
     * Begins a commit to the store in a directory, which need not exist.
     *
     * @param jobId names what is committed: a commit with the id of one that was made does nothing. Ids are remembered
     *     for a day, and at least the last 1,000
     */
    public static Commit to(URI store, Configuration conf, String jobId) {
        Objects.requireNonNull(store, "store is null");
        Objects.requireNonNull(conf, "conf is null");
        if (jobId.isEmpty()) throw new IllegalArgumentException("the job id is empty: use one that no other job has");
        return new Commit(store, conf, jobId);
    }

    /** Adds what a task has written, behind what was added before. */
    public Commit add(Collection<WrittenSegment> written) {
        segments.addAll(written);
        return this;
    }

    /**
     * These keys lose what they held before; what this commit adds to them stays. Keys that are not there may be named.
     */
    public Commit delete(Collection<String> keys) {
        deleted.addAll(KeyCheck.copy(keys));
        return this;
    }

    /** All keys lose what they held before: the store has what this commit adds, and where that is nothing, nothing. */
    public Commit replaceAll() {
        replacing = true;
        return this;
    }

    /** Keeps these with the store, in the place of those before. Without this call they stay as they were. */
    public Commit properties(Map<String, String> all) {
        properties = new TreeMap<>(all);
        return this;
    }

    /** Lets {@link #run} fail where there is a store already. */
    public Commit createOnly() {
        creating = true;
        return this;
    }

    /**
     * Is handed the properties of what the commit would follow, none where there is no store, and may throw: then
     * nothing is changed. Called for each try, for another commit may be faster.
     */
    public Commit check(Consumer<Map<String, String>> properties) {
        check = check.andThen(properties);
        return this;
    }

    /**
     * Commits, and returns the number of the generation that it made: where a commit with this job id was made before,
     * that one's.
     *
     * @throws java.io.UncheckedIOException if it failed: the message says whether nothing was changed, or whether that
     *     is unknown, and it is to be run again with the same job id. After {@link #createOnly}, with a
     *     {@link FileAlreadyExistsException} as its cause, if there is a store
     */
    public long run() {
        try (HadoopMedium medium = HadoopMedium.of(store, conf)) {
            requireThere(medium);
            return new Committer(medium, jobId, new Added(medium)).run();
        } catch (IOException e) {
            throw Failures.world("cannot commit to the store in " + store + "; nothing was changed", e);
        }
    }

    private void requireThere(HadoopMedium medium) throws IOException {
        long sure = System.currentTimeMillis() - SURELY_THERE_MILLIS;
        for (WrittenSegment segment : segments) {
            if (segment.sealedMillis() < sure && medium.size(segment.name()) != segment.length()) {
                throw new FileNotFoundException(
                        medium.describe(segment.name())
                                + " is not as it was written; was it removed by a vacuum of files that were younger than the job?");
            }
        }
    }

    /** What is added, as one index or several. */
    private final class Added implements Committer.Change {
        private final HadoopMedium medium;
        private List<IndexPart> written;

        Added(HadoopMedium medium) {
            this.medium = medium;
        }

        @Override
        public void check(StoreHead before) throws IOException {
            if (creating && before.exists(medium)) {
                throw new FileAlreadyExistsException(store.toString(), null, "there is a store already");
            }
            check.accept(before.properties());
        }

        @Override
        public boolean keeps() {
            return !replacing;
        }

        @Override
        public List<IndexPart> parts(List<IndexPart> before, long stamp) throws IOException {
            if (written == null) written = Indexes.write(medium, indexes(), stamp);
            List<IndexPart> all = new ArrayList<>(replacing ? List.of() : before);
            for (IndexPart part : written) all.add(part.at(stamp));
            return all;
        }

        private SegmentIndexes indexes() {
            List<String> removed = replacing ? List.of() : List.copyOf(deleted);
            return new SegmentIndexes(
                    segments.stream().map(WrittenSegment::sealed).toList(), removed);
        }

        @Override
        public Map<String, String> properties(Map<String, String> before) {
            return properties == null ? before : properties;
        }

        @Override
        public void undo() throws IOException {
            if (written != null) Indexes.delete(medium, written);
        }
    }
}
