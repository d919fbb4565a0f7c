package io.partd.hadoop;

import io.partd.Bytes;
import io.partd.hadoop.testing.S3;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** S3 that fails: what is committed is there once, and what is not, not at all. */
@Tag("slow")
final class S3FaultsTest {
    private final S3 s3 = S3.INSTANCE;
    private final Configuration conf = s3.conf();
    private final URI store = s3.fresh();

    @AfterEach
    void heal() {
        s3.faults = S3.Faults.NONE;
    }

    private List<WrittenSegment> task(String value) {
        try (HadoopWriter writer = HadoopWriter.open(store, conf)) {
            writer.append("a", Bytes.utf8(value));
            return writer.seal();
        }
    }

    private void check(String value) {
        heal();
        try (HadoopPartd partd = HadoopPartd.open(store, conf)) {
            assertEquals(value, partd.get("a").toUtf8());
        }
    }

    private static boolean isManifest(String method, String path) {
        return method.equals("PUT") && path.contains("partd.manifest-");
    }

    @Test
    void aServerThatIsBusyIsAskedAgain() {
        AtomicInteger count = new AtomicInteger();
        s3.faults = (method, path) -> count.incrementAndGet() % 4 == 0 ? S3.Fate.REFUSED : S3.Fate.DONE;
        for (int i = 1; i <= 3; i++)
            assertEquals(
                    i, Commit.to(store, conf, "job " + i).add(task(i + ";")).run());
        check("1;2;3;");
    }

    @Test
    void aCommitWhoseAnswerIsLostIsMadeOnce() {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        s3.faults = (method, path) -> isManifest(method, path) && seen.add(path) ? S3.Fate.ANSWER_LOST : S3.Fate.DONE;
        for (int i = 1; i <= 3; i++)
            assertEquals(
                    i, Commit.to(store, conf, "job " + i).add(task(i + ";")).run());
        assertEquals(3, seen.size());
        check("1;2;3;");
    }

    @Test
    void filesWhoseAnswersAreLostAreWrittenAgain() {
        Set<String> lost = ConcurrentHashMap.newKeySet();
        s3.faults = (method, path) -> method.equals("PUT") && lost.add(path) ? S3.Fate.ANSWER_LOST : S3.Fate.DONE;
        assertEquals(1, Commit.to(store, conf, "job 1").add(task("1")).run());
        assertTrue(lost.size() >= 3, () -> "a segment, an index and a manifest: " + lost);
        check("1");
        assertEquals(0, Maintenance.vacuum(store, conf, Duration.ZERO));
    }

    @Test
    void aCommitThatIsNeverAnsweredIsFoundToBeMade() {
        s3.faults = (method, path) -> isManifest(method, path) ? S3.Fate.ANSWER_LOST : S3.Fate.DONE;
        assertEquals(1, Commit.to(store, conf, "job 1").add(task("1")).run());
        check("1");
    }

    @Test
    void aCommitThatFailedIsMadeOnceWhenItIsRunAgain() {
        List<WrittenSegment> written = task("1");
        s3.faults = (method, path) -> isManifest(method, path) ? S3.Fate.REFUSED : S3.Fate.DONE;
        UncheckedIOException e = assertThrows(
                UncheckedIOException.class,
                () -> Commit.to(store, conf, "job 1").add(written).run());
        assertTrue(e.getMessage().contains("commit again with the same job id"), e.getMessage());
        heal();
        assertEquals(1, Commit.to(store, conf, "job 1").add(written).run());
        assertEquals(1, Commit.to(store, conf, "job 1").add(written).run());
        check("1");
    }

    @Test
    void whereNothingIsAtomicACommitIsRefusedAtOnce() throws Exception {
        List<WrittenSegment> written = task("1");
        Configuration plain = new Configuration(conf);
        plain.setBoolean("fs.s3a.create.conditional.enabled", false);
        plain.setBoolean("fs.s3a.impl.disable.cache", true);
        AtomicInteger puts = new AtomicInteger();
        s3.faults = (method, path) -> {
            if (method.equals("PUT")) puts.incrementAndGet();
            return S3.Fate.DONE;
        };
        UncheckedIOException e = assertThrows(
                UncheckedIOException.class,
                () -> Commit.to(store, plain, "job 1").add(written).run());
        assertTrue(e.getMessage().contains("nothing was changed"), e.getMessage());
        assertTrue(e.getMessage().contains("atomic step"), e.getMessage());
        assertEquals(0, puts.get());
        assertEquals(1, Commit.to(store, conf, "job 1").add(written).run());
        check("1");
    }

    @Test
    void aSegmentThatCannotBeWrittenFailsItsTaskAlone() {
        Commit.to(store, conf, "job 1").add(task("1")).run();
        s3.faults = (method, path) -> method.equals("PUT") && path.endsWith(".seg") ? S3.Fate.REFUSED : S3.Fate.DONE;
        HadoopWriter writer = HadoopWriter.open(store, conf);
        writer.append("a", Bytes.utf8("2"));
        assertThrows(UncheckedIOException.class, writer::seal);
        assertThrows(IllegalStateException.class, () -> writer.append("a", Bytes.utf8("3")));
        writer.close();
        check("1");
        Maintenance.vacuum(store, conf, Duration.ZERO);
        check("1");
    }

    @Test
    void aTaskThatIsAbortedInTheMiddleOfItsUploadLeavesNothing() throws Exception {
        Commit.to(store, conf, "job 1").add(task("1")).run();
        try (HadoopWriter writer = HadoopWriter.open(store, conf)) {
            writer.append("a", Bytes.of(new byte[12 << 20])); // more than a part of a multipart upload
        }
        try (HadoopMedium medium = HadoopMedium.of(store, conf)) {
            assertEquals(
                    1,
                    medium.list().stream().filter(name -> name.endsWith(".seg")).count());
        }
        check("1");
    }

    @Test
    void ofThoseThatRaceForAManifestOneWins() throws Exception {
        Races.run(store, conf, 100);
    }
}
