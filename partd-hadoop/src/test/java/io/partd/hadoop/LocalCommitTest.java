package io.partd.hadoop;

import io.partd.Bytes;
import io.partd.FilePartd;
import io.partd.Partd;
import io.partd.Partds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class LocalCommitTest {
    @TempDir
    Path directory;

    private final Configuration conf = new Configuration();

    private URI store() {
        return directory.toUri();
    }

    private List<WrittenSegment> task(Map<String, Bytes> values, Map<String, Bytes> heads) {
        try (HadoopWriter writer = HadoopWriter.open(store(), conf)) {
            writer.append(values, heads);
            return writer.seal();
        }
    }

    @Test
    void commitsShowWhatTasksWrote() throws Exception {
        Bytes big = Bytes.of(new byte[3_000_000]);
        List<WrittenSegment> one = task(Map.of("a", Bytes.utf8("1"), "b", big), Map.of("a", Bytes.utf8("head ")));
        List<WrittenSegment> two = task(Map.of("a", Bytes.utf8("2")), Map.of());
        assertFalse(HadoopPartd.exists(store(), conf));
        assertEquals(
                1,
                Commit.to(store(), conf, "job 1")
                        .add(two)
                        .add(one)
                        .properties(Map.of("x", "y"))
                        .run());
        assertEquals(1, Commit.to(store(), conf, "job 1").add(one).run());
        assertEquals(
                2,
                Commit.to(store(), conf, "job 2")
                        .add(task(Map.of("a", Bytes.utf8("3")), Map.of()))
                        .run());
        try (HadoopPartd partd = HadoopPartd.open(store(), conf)) {
            assertEquals("2head 13", partd.get("a").toUtf8());
            assertEquals(big, partd.get("b"));
            assertEquals(Bytes.EMPTY, partd.get("c"));
            assertEquals(Set.of("a", "b"), partd.keys());
            Snapshot snapshot = partd.snapshot();
            assertEquals(Map.of("x", "y"), snapshot.properties());
            assertEquals(4, snapshot.chunks("a"));
            try (Partd<Bytes> some = copy(snapshot.places(List.of("a", "b"))).open(conf)) {
                assertEquals("2head 13", some.get("a").toUtf8());
                assertEquals(big, some.get("b"));
            }
            try (Partd<Bytes> some = copy(snapshot.places("a", 1, 3)).open(conf)) {
                assertEquals("head 1", some.get("a").toUtf8());
                assertEquals(Bytes.EMPTY, some.get("b"));
            }
        }
        try (FilePartd local = Partds.file(directory)) {
            assertEquals("2head 13", local.get("a").toUtf8());
            assertEquals(big, local.get("b"));
        }
    }

    private static Places copy(Places places) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ObjectOutputStream objects = new ObjectOutputStream(out)) {
            objects.writeObject(places);
        }
        return (Places) new ObjectInputStream(new ByteArrayInputStream(out.toByteArray())).readObject();
    }

    @Test
    void deletesAndCompactionsAndVacuum() {
        Commit.to(store(), conf, "1")
                .add(task(Map.of("a", Bytes.utf8("1"), "b", Bytes.utf8("x")), Map.of()))
                .run();
        Commit.to(store(), conf, "2")
                .delete(List.of("a", "z"))
                .add(task(Map.of("a", Bytes.utf8("2")), Map.of()))
                .run();
        Commit.to(store(), conf, "3").delete(List.of("b")).run();
        check("2", "");
        assertEquals(4, Maintenance.compact(store(), conf));
        check("2", "");
        Commit.to(store(), conf, "4")
                .add(task(Map.of("a", Bytes.utf8("3")), Map.of()))
                .run();
        check("23", "");
        assertTrue(Maintenance.vacuum(store(), conf, Duration.ZERO) > 0);
        check("23", "");
        Commit.to(store(), conf, "5").replaceAll().run();
        check("", "");
    }

    private void check(String a, String b) {
        try (HadoopPartd partd = HadoopPartd.open(store(), conf)) {
            assertEquals(a, partd.get("a").toUtf8());
            assertEquals(b, partd.get("b").toUtf8());
        }
    }

    @Test
    void aLocalStoreIsTakenOver() {
        try (FilePartd local = Partds.file(directory)) {
            local.append("a", Bytes.utf8("1"));
            local.append(Map.of("a", Bytes.utf8("2"), "b", Bytes.utf8("x")));
        }
        check("12", "x");
        Commit.to(store(), conf, "1")
                .add(task(Map.of("a", Bytes.utf8("3")), Map.of()))
                .run();
        check("123", "x");
        try (FilePartd local = Partds.file(directory)) {
            assertEquals("123", local.get("a").toUtf8());
            local.append("a", Bytes.utf8("4"));
            assertEquals("1234", local.get("a").toUtf8());
        }
        try (FilePartd local = Partds.file(directory)) {
            assertEquals("1234", local.get("a").toUtf8());
            local.compact();
            assertEquals("1234", local.get("a").toUtf8());
        }
        check("1234", "x");
    }
}
