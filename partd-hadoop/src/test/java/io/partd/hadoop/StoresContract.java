package io.partd.hadoop;

import io.partd.Bytes;
import io.partd.FileOptions;
import io.partd.FilePartd;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.hadoop.testing.FileSystemUnderTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a store does wherever it lies; a class for each file system says where. */
abstract class StoresContract {
    @TempDir
    Path local;

    private final FileSystemUnderTest medium;
    Configuration conf;
    private URI store;

    StoresContract(FileSystemUnderTest medium) {
        this.medium = medium;
    }

    @BeforeEach
    final void begin() {
        conf = medium.conf();
        store = medium.fresh();
    }

    final URI store() {
        return store;
    }

    /** Copies a store's files, but for those that processes of one machine share. */
    final void copy(URI from, URI to) throws IOException {
        try (HadoopMedium source = HadoopMedium.of(from, conf);
                HadoopMedium target = HadoopMedium.of(to, conf)) {
            for (String name : source.list()) {
                if (name.equals("partd.control") || name.equals("partd.lock")) continue;
                FileUtil.copy(source.fs, source.path(name), target.fs, target.path(name), false, conf);
            }
        }
    }

    final List<WrittenSegment> task(Map<String, Bytes> values, Map<String, Bytes> heads) {
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
        copy(store(), local.toUri());
        try (FilePartd copied = Partds.file(local, FileOptions.readOnly())) {
            assertEquals("2head 13", copied.get("a").toUtf8());
        }
        try (FilePartd copied = Partds.file(local)) {
            assertEquals("2head 13", copied.get("a").toUtf8());
            assertEquals(big, copied.get("b"));
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

    final void check(String a, String b) {
        check(store(), a, b);
    }

    final void check(URI where, String a, String b) {
        try (HadoopPartd partd = HadoopPartd.open(where, conf)) {
            assertEquals(a, partd.get("a").toUtf8());
            assertEquals(b, partd.get("b").toUtf8());
        }
    }

    @Test
    void storesGoThereAndBack() throws Exception {
        try (FilePartd own = Partds.file(local)) {
            own.append("a", Bytes.utf8("1"));
            own.append(Map.of("a", Bytes.utf8("2"), "b", Bytes.utf8("x"), "c", Bytes.utf8("y")));
            own.delete("c");
        }
        copy(local.toUri(), store());
        check("12", "x");
        Commit.to(store(), conf, "1")
                .add(task(Map.of("a", Bytes.utf8("3")), Map.of()))
                .run();
        Commit.to(store(), conf, "2").delete(List.of("b")).run();
        check("123", "");
        Path back = Files.createDirectory(local.resolve("back"));
        copy(store(), back.toUri());
        try (FilePartd own = Partds.file(back)) {
            assertEquals("123", own.get("a").toUtf8());
            assertEquals(Set.of("a"), own.keys());
            own.append("a", Bytes.utf8("4"));
            own.append("b", Bytes.utf8("z"));
        }
        try (FilePartd own = Partds.file(back)) {
            assertEquals("1234", own.get("a").toUtf8());
        }
        URI again = medium.fresh();
        copy(back.toUri(), again);
        check(again, "1234", "z");
        Commit.to(again, conf, "3").delete(List.of("b")).run();
        check(again, "1234", "");
        assertEquals(
                7,
                committedElsewhere(back).size(),
                () -> committedElsewhere(back).toString());
        byte[] manifest = Files.readAllBytes(back.resolve("partd.manifest-2"));
        try (FilePartd own = Partds.file(back)) {
            own.compact();
            assertEquals("1234", own.get("a").toUtf8());
        }
        assertEquals(List.of(), committedElsewhere(back));
        Files.write(back.resolve("partd.manifest-2"), manifest); // as left by a process that was killed
        try (FilePartd own = Partds.file(back)) {
            assertEquals(List.of(), committedElsewhere(back));
            assertEquals("1234", own.get("a").toUtf8());
            own.drop();
            assertEquals(Set.of(), own.keys());
        }
        try (FilePartd own = Partds.file(back)) {
            assertEquals(Set.of(), own.keys());
        }
    }

    @Test
    void aDropHereLeavesNothingOfWhatWasCommittedThere() throws Exception {
        for (int i = 0; i < 3; i++) {
            Commit.to(store(), conf, "job " + i)
                    .add(task(Map.of("a", Bytes.utf8("x")), Map.of()))
                    .run();
        }
        Maintenance.compact(store(), conf);
        Commit.to(store(), conf, "job 3")
                .add(task(Map.of("b", Bytes.utf8("y")), Map.of()))
                .run();
        Path back = Files.createDirectory(local.resolve("back"));
        copy(store(), back.toUri());
        try (FilePartd own = Partds.file(back)) {
            own.append("b", Bytes.utf8("z"));
            assertEquals("yz", own.get("b").toUtf8());
            own.drop();
            assertEquals(List.of(), committedElsewhere(back));
            own.append("c", Bytes.utf8("1"));
        }
        URI again = medium.fresh();
        copy(back.toUri(), again);
        try (HadoopPartd partd = HadoopPartd.open(again, conf)) {
            assertEquals(Set.of("c"), partd.keys());
        }
    }

    /** The files of a local store that only commits on another medium make. */
    private static List<String> committedElsewhere(Path store) {
        try (Stream<Path> files = Files.list(store)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("partd.manifest-")
                            || name.startsWith("partd.index-")
                            || name.equals(HadoopMedium.HINT)
                            || name.startsWith("1fffffffffffffff"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void ofCommitsThatRaceEachIsMadeOnce() throws Exception {
        ExecutorService drivers = Executors.newFixedThreadPool(8);
        try {
            List<Future<Long>> commits = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                int number = i / 2; // two drivers for each job
                commits.add(drivers.submit(() -> Commit.to(store(), conf, "job " + number)
                        .add(task(Map.of("a", Bytes.utf8(number + ";")), Map.of()))
                        .run()));
            }
            Set<Long> generations = new TreeSet<>();
            for (Future<Long> commit : commits) generations.add(commit.get());
            assertEquals(LongStream.rangeClosed(1, 8).boxed().collect(Collectors.toSet()), generations);
        } finally {
            drivers.shutdown();
        }
        try (HadoopPartd partd = HadoopPartd.open(store(), conf)) {
            String[] parts = partd.get("a").toUtf8().split(";");
            assertEquals(Set.of("0", "1", "2", "3", "4", "5", "6", "7"), Set.of(parts));
            assertEquals(8, parts.length);
        }
        Maintenance.vacuum(store(), conf, Duration.ZERO);
        assertEquals(8, segments());
    }

    final long segments() throws IOException {
        try (HadoopMedium files = HadoopMedium.of(store(), conf)) {
            return files.list().stream().filter(name -> name.endsWith(".seg")).count();
        }
    }

    @Test
    void whatIsNotCommittedDoesNotCount() throws Exception {
        Commit.to(store(), conf, "1")
                .add(task(Map.of("a", Bytes.utf8("1")), Map.of()))
                .run();
        task(Map.of("a", Bytes.utf8("2")), Map.of());
        try (HadoopWriter open = HadoopWriter.open(store(), conf)) {
            open.append("a", Bytes.utf8("3"));
            check("1", "");
        }
        check("1", "");
        assertEquals(2, segments());
        HadoopPartd before = HadoopPartd.open(store(), conf);
        assertThrows(UnsupportedOperationException.class, () -> before.append("a", Bytes.EMPTY));
        assertThrows(
                UncheckedIOException.class,
                () -> Commit.to(store(), conf, "2").createOnly().run());
        assertThrows(
                IllegalArgumentException.class,
                () -> Commit.to(store(), conf, "3")
                        .check(properties -> {
                            throw new IllegalArgumentException("no");
                        })
                        .add(task(Map.of("a", Bytes.utf8("4")), Map.of()))
                        .run());
        check("1", "");
        assertEquals(2, Maintenance.vacuum(store(), conf, Duration.ZERO));
        assertEquals(1, segments());
        assertEquals("1", before.get("a").toUtf8());
        before.close();
    }

    @Test
    void aStoreThatIsNotThereIsAnError() {
        UncheckedIOException e = assertThrows(UncheckedIOException.class, () -> HadoopPartd.open(store(), conf));
        assertTrue(e.getMessage().contains("neither a manifest nor a segment"), e.getMessage());
        assertFalse(HadoopPartd.exists(store(), conf));
        assertEquals(1, Commit.to(store(), conf, "1").createOnly().run());
        try (HadoopPartd empty = HadoopPartd.open(store(), conf)) {
            assertEquals(Set.of(), empty.keys());
        }
    }
}
