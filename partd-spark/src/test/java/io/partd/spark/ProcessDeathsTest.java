package io.partd.spark;

import io.partd.hadoop.HadoopPartd;
import io.partd.hadoop.Maintenance;
import io.partd.hadoop.testing.S3;
import io.partd.spark.testing.ChildJvm;
import io.partd.spark.testing.DrivenJob;
import io.partd.spark.testing.DrivenJob.Death;
import io.partd.spark.testing.Spark;
import io.partd.spark.testing.SpeculativeJob;
import io.partd.spark.testing.Stores;
import io.partd.spark.testing.TrappedFileSystem;
import io.partd.spark.testing.TrappedFileSystem.Trap;
import io.partd.testing.OneJdk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
    private static final String LOCAL = "local[2]";
    private static final String CLUSTER = "local-cluster[2,1,700]";

    @TempDir
    Path directory;

    @BeforeEach
    void isWanted() {
        OneJdk.assumeFirst();
    }

    private Path store() {
        return directory.resolve("store");
    }

    private ChildJvm job(String master, String store, String jobId, Death death, List<String> settings)
            throws IOException {
        List<String> arguments = new ArrayList<>(List.of(master, store, jobId, death.name(), sign().toString()));
        arguments.addAll(settings);
        return new ChildJvm(directory, DrivenJob.class, arguments);
    }

    /** What tells a process that is to die in its upload that this is the moment. */
    private Path sign() {
        return directory.resolve("sign");
    }

    private int run(String master, Death death) throws Exception {
        try (ChildJvm job = job(master, store().toString(), "the job", death, List.of())) {
            return job.exitCode(0, DrivenJob.DIED);
        }
    }

    private ChildJvm trapped(String jobId, Trap trap) throws IOException {
        return job(
                "local[1]",
                "trap:" + store(),
                jobId,
                Death.NONE,
                List.of(
                        "spark.hadoop.fs.trap.impl=" + TrappedFileSystem.class.getName(),
                        "spark.hadoop." + TrappedFileSystem.TRAP + "=" + trap));
    }

    /** Rows, sum and distinct ids are those of so many jobs; and nothing is left that vacuum does not remove. */
    private void requireJobs(int jobs) {
        requireRows(store().toString(), jobs);
        Maintenance.vacuum(store().toUri(), new Configuration(), Duration.ZERO);
        Stores stores = new Stores(directory);
        assertEquals(4 * jobs, stores.segments("store").size());
        assertEquals(4 * jobs + jobs + 2, stores.files("store").size(), "segments, indexes, a manifest and a hint");
        requireRows(store().toString(), jobs);
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
        assertEquals(DrivenJob.DIED, run(LOCAL, Death.IN_ROWS));
        assertFalse(HadoopPartd.exists(store().toUri(), new Configuration()), "nothing is there before the commit");
        assertEquals(DrivenJob.DIED, run(LOCAL, Death.AFTER_COMMIT));
        requireRows(store().toString(), 1);
        assertEquals(0, run(LOCAL, Death.NONE));
        requireJobs(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"DIE_BEFORE_PUBLISHING", "DIE_AFTER_PUBLISHING"})
    void aDriverThatDiesInItsCommitAndIsRunAgainHasWrittenOnce(Trap trap) throws Exception {
        try (ChildJvm dying = trapped("the job", trap)) {
            dying.exitCode(DrivenJob.DIED);
        }
        assertEquals(trap == Trap.DIE_AFTER_PUBLISHING, Files.exists(store().resolve("partd.manifest-1")));
        assertEquals(0, run(LOCAL, Death.NONE));
        requireJobs(1);
        assertFalse(Files.exists(store().resolve("partd.manifest-2")), "there was one commit");
    }

    @Test
    void ofTwoDriversThatCommitAtOnceBothHaveWrittenOnce() throws Exception {
        try (ChildJvm one = trapped("one", Trap.MEET_BEFORE_PUBLISHING);
                ChildJvm two = trapped("two", Trap.MEET_BEFORE_PUBLISHING)) {
            one.exitCode(0);
            two.exitCode(0);
        }
        assertTrue(Files.exists(store().resolve("partd.manifest-2")));
        requireJobs(2);
    }

    @Test
    void anExecutorThatDiesIsReplaced() throws Exception {
        assertEquals(0, run(CLUSTER, Death.IN_ROWS));
        requireJobs(1);
    }

    @Test
    void anExecutorThatDiesInTheMiddleOfAnUploadIsReplaced() throws Exception {
        S3 s3 = S3.INSTANCE;
        URI remote = s3.fresh();
        Set<String> uploads = ConcurrentHashMap.newKeySet();
        s3.faults = new FirstParts(uploads, sign());
        try (ChildJvm job = job(CLUSTER, remote.toString(), "the job", Death.IN_UPLOAD, settings(s3.conf()))) {
            job.exitCode(0);
        } finally {
            s3.faults = S3.Faults.NONE;
        }
        assertTrue(Files.exists(sign()));
        assertTrue(uploads.size() > 1, () -> "one that was broken off, and another: " + uploads);
        Spark.useS3(s3.conf());
        requireRows(remote.toString(), 1);
        Maintenance.vacuum(remote, s3.conf(), Duration.ZERO);
        requireRows(remote.toString(), 1);
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
