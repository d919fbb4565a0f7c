package io.partd.hadoop;

import io.partd.Bytes;
import io.partd.hadoop.testing.Hdfs;
import io.partd.testing.Patience;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A cluster whose parts fail, and writers that die. */
@Tag("slow")
final class HdfsFaultsTest {
    private final MiniDFSCluster cluster = Hdfs.INSTANCE.cluster();
    private final Configuration conf = Hdfs.INSTANCE.conf();
    private final URI store = Hdfs.INSTANCE.fresh();

    private void check(Bytes value) {
        try (HadoopPartd partd = HadoopPartd.open(store, conf)) {
            assertEquals(value, partd.get("a"));
        }
    }

    @Test
    void aDataNodeThatStopsInTheMiddleOfAWriteIsSurvived() throws Exception {
        Bytes half = Bytes.of(new byte[4 << 20]);
        MiniDFSCluster.DataNodeProperties stopped = null;
        try (HadoopWriter writer = HadoopWriter.open(store, conf)) {
            writer.append("a", half);
            stopped = cluster.stopDataNode(0);
            writer.append("a", half);
            Commit.to(store, conf, "1").add(writer.seal()).run();
        } finally {
            if (stopped != null) cluster.restartDataNode(stopped, true);
            cluster.waitActive();
        }
        check(Bytes.concat(List.of(half, half)));
    }

    @Test
    void aWriterThatWasTakenForDeadCannotFinish() throws Exception {
        HadoopWriter alive = HadoopWriter.open(store, conf);
        alive.append("a", Bytes.utf8("1"));
        Commit.to(store, conf, "1").add(alive.seal()).run();
        HadoopWriter dead = HadoopWriter.open(store, conf);
        dead.append("a", Bytes.utf8("2"));
        try (HadoopMedium medium = HadoopMedium.of(store, conf)) {
            List<String> segments =
                    medium.list().stream().filter(name -> name.endsWith(".seg")).toList();
            assertEquals(2, segments.size());
            DistributedFileSystem hdfs = cluster.getFileSystem();
            for (String name : segments) {
                Path path = medium.path(name);
                Patience.until("the lease of " + path + " to be taken back", () -> hdfs.recoverLease(path));
            }
            assertThrows(UncheckedIOException.class, dead::seal);
            check(Bytes.utf8("1"));
            assertEquals(1, Maintenance.vacuum(store, conf, Duration.ZERO));
            dead.close();
            assertEquals(
                    1,
                    medium.list().stream().filter(name -> name.endsWith(".seg")).count());
        }
        check(Bytes.utf8("1"));
    }

    @Test
    void aFileThatIsStillWrittenIsRemovedWhenItIsForgotten() throws Exception {
        HadoopWriter forgotten = HadoopWriter.open(store, conf);
        forgotten.append("a", Bytes.utf8("1"));
        Commit.to(store, conf, "1").run();
        assertEquals(1, Maintenance.vacuum(store, conf, Duration.ZERO));
        assertThrows(UncheckedIOException.class, forgotten::seal);
        check(Bytes.EMPTY);
        assertTrue(HadoopPartd.exists(store, conf));
    }

    @Test
    void aCommitThatCannotBeginToWriteItsManifestHasChangedNothing() throws Exception {
        Path directory = new Path(store);
        DistributedFileSystem hdfs = cluster.getFileSystem();
        hdfs.mkdirs(directory);
        hdfs.setQuota(directory, 1, HdfsConstants.QUOTA_DONT_SET); // the directory itself, and no file in it
        Map<String, String> properties = Map.of("x", "y");
        UncheckedIOException e = assertThrows(
                UncheckedIOException.class,
                () -> Commit.to(store, conf, "1").properties(properties).run());
        assertTrue(e.getMessage().contains("nothing was changed"), e.getMessage());
        assertTrue(e.getMessage().contains("quota"), e.getMessage());
        hdfs.setQuota(directory, HdfsConstants.QUOTA_RESET, HdfsConstants.QUOTA_RESET);
        assertEquals(1, Commit.to(store, conf, "1").properties(properties).run());
    }

    @Test
    void ofThoseThatRaceForAManifestOneWins() throws Exception {
        Races.run(store, conf, 20);
    }
}
