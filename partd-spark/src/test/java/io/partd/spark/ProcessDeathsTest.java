package io.partd.spark;

import io.partd.hadoop.HadoopPartd;
import io.partd.hadoop.testing.S3;
import io.partd.spark.testing.ChildJvm;
import io.partd.spark.testing.DrivenJob;
import io.partd.spark.testing.DrivenJob.Death;
import io.partd.spark.testing.Leftovers;
import io.partd.spark.testing.Spark;
import io.partd.spark.testing.SpeculativeJob;
import io.partd.spark.testing.TrappedFileSystem;
import io.partd.spark.testing.TrappedFileSystem.Trap;
import io.partd.testing.OneJdk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Drivers and executors that die, or stand still: what a job has written counts once, or not at all. */
@Tag("slow")
final class ProcessDeathsTest {
    @TempDir
    Path directory;

    @BeforeEach
    void isWanted() {
        OneJdk.assumeFirst();
    }

    private Path store() {
        return directory.resolve("store");
    }

    /** A driver of its own, whose jobs are each a death and a store, or a setting of Spark. */
    private ChildJvm driver(String master, String jobId, List<String> jobs) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(master, jobId, sign().toString()));
        arguments.addAll(jobs);
        return new ChildJvm(directory, DrivenJob.class, arguments);
    }

    /** What tells a process that is to die in its upload that this is the moment. */
    private Path sign() {
        return directory.resolve("sign");
    }

    private void dies(Death death) throws Exception {
        try (ChildJvm driver = driver("local[2]", "the job", List.of(death + ":" + store()))) {
            driver.exitCode(DrivenJob.DIED);
        }
    }

    /** The same job in another driver: this JVM. */
    private void isRunAgain() {
        DrivenJob.write(Spark.session(), store().toString(), "the job");
    }

    private ChildJvm trapped(String jobId, Trap trap) throws IOException {
        List<String> jobs = new ArrayList<>(List.of(Death.NONE + ":trap:" + store()));
        TrappedFileSystem.settings(trap).forEach((name, value) -> jobs.add("spark.hadoop." + name + "=" + value));
        return driver("local[1]", jobId, jobs);
    }

    /** Rows, sum and distinct ids are those of so many jobs; and nothing is left that vacuum does not remove. */
    private void requireJobs(int jobs) throws IOException {
        requireJobs(store().toUri(), new Configuration(), jobs);
    }

    private static void requireJobs(URI store, Configuration conf, int jobs) throws IOException {
        requireRows(store.toString(), jobs);
        Leftovers.requireNone(store, conf, 4 * jobs, jobs);
        requireRows(store.toString(), jobs);
    }

    private static void requireRows(String store, int jobs) {
        long sum = (DrivenJob.ROWS - 1L) * DrivenJob.ROWS / 2;
        String expected =
                "[" + jobs * DrivenJob.ROWS + "," + jobs * sum + "," + DrivenJob.ROWS + "," + jobs + "," + jobs + "]";
        Spark.session().read().format("partd").load(store).createOrReplaceTempView("written");
        assertEquals(
                expected,
                Spark.session()
                        .sql("SELECT sum(n), sum(n * id), count(*), min(n), max(n)"
                                + " FROM (SELECT id, count(*) AS n FROM written GROUP BY id)")
                        .first()
                        .toString());
    }

    @Test
    void aDriverThatDiesAndIsRunAgainHasWrittenOnce() throws Exception {
        dies(Death.IN_ROWS);
        assertFalse(HadoopPartd.exists(store().toUri(), new Configuration()), "nothing is there before the commit");
        dies(Death.AFTER_COMMIT);
        requireRows(store().toString(), 1);
        isRunAgain();
        requireJobs(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"DIE_BEFORE_PUBLISHING", "DIE_AFTER_PUBLISHING"})
    void aDriverThatDiesInItsCommitAndIsRunAgainHasWrittenOnce(Trap trap) throws Exception {
        try (ChildJvm dying = trapped("the job", trap)) {
            dying.exitCode(DrivenJob.DIED);
        }
        assertEquals(trap == Trap.DIE_AFTER_PUBLISHING, Files.exists(store().resolve("partd.manifest-1")));
        isRunAgain();
        requireJobs(1);
        assertFalse(Files.exists(store().resolve("partd.manifest-2")), "there was one commit");
    }

    /** One of them is this JVM. */
    @Test
    void ofTwoDriversThatCommitAtOnceBothHaveWrittenOnce() throws Exception {
        TrappedFileSystem.settings(Trap.MEET_BEFORE_PUBLISHING)
                .forEach(Spark.session().conf()::set);
        try (ChildJvm other = trapped("one", Trap.MEET_BEFORE_PUBLISHING)) {
            DrivenJob.write(Spark.session(), "trap:" + store(), "two");
            other.exitCode(0);
        }
        assertTrue(Files.exists(store().resolve("partd.manifest-2")));
        requireJobs(2);
    }

    /** One in the middle of an upload, and then one in the middle of its rows. */
    @Test
    void executorsThatDieAreReplaced() throws Exception {
        S3 s3 = S3.INSTANCE;
        URI remote = s3.fresh();
        Set<String> uploads = ConcurrentHashMap.newKeySet();
        s3.faults = new FirstParts(uploads, sign());
        List<String> jobs = new ArrayList<>(List.of(Death.IN_UPLOAD + ":" + remote, Death.IN_ROWS + ":" + store()));
        jobs.addAll(settings(s3.conf()));
        try (ChildJvm driver = driver("local-cluster[2,1,700]", "the job", jobs)) {
            driver.exitCode(0);
        } finally {
            s3.faults = S3.Faults.NONE;
        }
        requireJobs(1);
        assertTrue(Files.exists(sign()));
        assertTrue(uploads.size() > 1, () -> "one that was broken off, and another: " + uploads);
        Spark.useS3(s3.conf());
        requireJobs(remote, s3.conf(), 1);
    }

    private static List<String> settings(Configuration conf) {
        List<String> settings = new ArrayList<>();
        Spark.s3Settings(conf).forEach((name, value) -> settings.add("spark.hadoop." + name + "=" + value));
        return settings;
    }

    /** Makes a sign when the first part of an upload has come, and lets its client wait for the answer. */
    private record FirstParts(Set<String> uploads, Path sign) implements S3.Faults {
        private static final long LONGER_THAN_DYING_MILLIS = 3_000;

        @Override
        public S3.Fate of(String method, URI uri) {
            String query = String.valueOf(uri.getQuery());
            boolean part = method.equals("PUT") && query.contains("partNumber=1&");
            if (!part || !uploads.add(query) || uploads.size() > 1) return S3.Fate.DONE;
            try {
                Files.createFile(sign);
                Thread.sleep(LONGER_THAN_DYING_MILLIS);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return S3.Fate.REFUSED;
        }

        @Override
        public S3.Fate of(String method, String path) {
            return S3.Fate.DONE;
        }
    }

    @Test
    void aTaskThatStandsStillIsDoneByItsDuplicateOnAnotherHost() throws Exception {
        List<String> arguments =
                List.of(store().toString(), directory.resolve("workers").toString());
        try (ChildJvm cluster = new ChildJvm(directory, SpeculativeJob.class, arguments)) {
            cluster.exitCode(0);
        }
        requireJobs(1);
    }
}
