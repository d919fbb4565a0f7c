package io.partd.codec;

import io.partd.Bytes;
import io.partd.CorruptPartdException;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.testing.Fuzz;
import io.partd.testing.MapPartd;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ObjectsEncodingTest {
    private final MapPartd inner = new MapPartd();

    record Point(int x, double y, String name) {}

    enum Colour {
        RED,
        GREEN
    }

    static class Node {
        int value;
        Node next;
        Colour colour = Colour.GREEN;
        List<Point> points = new ArrayList<>();
    }

    record Nothing() {}

    record OtherPoint(int x, double y) {}

    @Test
    void listsAreAppendedAndJoined() {
        Partd<List<Point>> points = Partds.objects(inner, Point.class);
        points.append("x", List.of(new Point(1, 1.5, "a"), new Point(2, 2.5, null)));
        points.append("x", List.of(new Point(3, 3.5, "漢")));
        assertEquals(List.of(new Point(1, 1.5, "a"), new Point(2, 2.5, null), new Point(3, 3.5, "漢")), points.get("x"));
        assertEquals(List.of(), points.get("none"));
        points.get("x").add(new Point(0, 0, "the list is the caller's"));
        points.append("empty", List.of());
        assertEquals(Bytes.EMPTY, inner.get("empty"));
        assertEquals(Set.of("x", "empty"), points.keys());
    }

    static List<Object> ofTheJdk() {
        List<Object> values = new ArrayList<>(List.of(
                "text",
                1,
                2L,
                3.5,
                4.5f,
                (short) 5,
                (byte) 6,
                'c',
                true,
                new BigDecimal("1.25"),
                BigInteger.TEN.pow(40)));
        values.addAll(List.of(
                LocalDate.of(2024, 2, 29),
                LocalDateTime.of(2024, 2, 29, 1, 2, 3, 4),
                Instant.ofEpochSecond(1, 2),
                Duration.ofNanos(7),
                ZonedDateTime.of(2024, 2, 29, 1, 2, 3, 4, ZoneId.of("Europe/Paris")),
                UUID.nameUUIDFromBytes(new byte[3]),
                Optional.of("x")));
        values.addAll(List.of(
                List.of(),
                List.of(1, "b"),
                Arrays.asList(1, null),
                Set.of(1),
                Map.of("k", List.of(1L)),
                new HashMap<>(Map.of(1, 2)),
                new TreeMap<>(Map.of(1, 2)),
                new LinkedHashMap<>(Map.of(1, 2)),
                new TreeSet<>(Set.of(3, 1)),
                new LinkedList<>(List.of(1)),
                Collections.unmodifiableList(new ArrayList<>(List.of(1)))));
        values.add(null);
        return values;
    }

    @ParameterizedTest
    @MethodSource("ofTheJdk")
    void aTypeOfTheJdkNeedsNoRegistration(Object value) {
        Partd<List<Object>> objects = Partds.objects(inner);
        objects.append("x", Collections.singletonList(value));
        assertEquals(Collections.singletonList(value), objects.get("x"));
    }

    @Test
    void typesOfTheJdkNeedNoRegistration() {
        Partd<List<Object>> objects = Partds.objects(inner);
        objects.append("x", ofTheJdk());
        assertEquals(ofTheJdk(), objects.get("x"));
        objects.append("arrays", List.of(new int[] {1, 2}, new String[] {"a"}, new double[][] {{1}, {2, 3}}));
        assertTrue(Arrays.deepEquals(
                new Object[] {new int[] {1, 2}, new String[] {"a"}, new double[][] {{1}, {2, 3}}},
                objects.get("arrays").toArray()));
        objects.append("deque", List.of(new ArrayDeque<>(List.of(1, 2))));
        assertEquals(List.of(1, 2), new ArrayList<>((ArrayDeque<?>)
                objects.get("deque").get(0)));
    }

    @Test
    void sharedAndCyclicReferencesSurvive() {
        Partd<List<Node>> nodes = Partds.objects(inner, Node.class, Colour.class, Point.class);
        Node node = new Node();
        node.value = 7;
        node.next = node;
        node.points.add(new Point(1, 2, "p"));
        nodes.append("x", List.of(node, node));
        List<Node> read = nodes.get("x");
        assertSame(read.get(0), read.get(1));
        assertSame(read.get(0), read.get(0).next);
        assertEquals(7, read.get(0).value);
        assertEquals(Colour.GREEN, read.get(0).colour);
        assertEquals(node.points, read.get(0).points);
    }

    @Test
    void classesThatWereNotRegisteredAreRefusedWhenWritten() {
        Partd<List<Object>> objects = Partds.objects(inner, Colour.class);
        Exception e =
                assertThrows(IllegalArgumentException.class, () -> objects.append("x", List.of(new Point(1, 2, "a"))));
        assertEquals(
                "the objects cannot be written: class " + Point.class.getName() + " is not registered:"
                        + " pass it to objects(store, classes...)",
                e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> objects.append("x", List.of(Map.of("k", new Nothing()))));
        Node node = new Node();
        Partd<List<Node>> nodes = Partds.objects(inner, Node.class);
        assertThrows(IllegalArgumentException.class, () -> nodes.append("x", List.of(node)));
        assertThrows(IllegalArgumentException.class, () -> Partds.objects(inner, Point.class, Point.class));
        assertThrows(NullPointerException.class, () -> Partds.objects(inner, Point.class, null));
        assertEquals(Map.of(), inner.map);
        objects.append("x", List.of(Colour.RED));
        assertEquals(List.of(Colour.RED), objects.get("x"));
    }

    @Test
    void whatIsStoredNamesClassesByTheirPlace() {
        Partds.<Point>objects(inner, Colour.class, Point.class).append("x", List.of(new Point(1, 2, "a")));
        assertEquals(
                List.of(new Point(1, 2, "a")),
                Partds.<Point>objects(inner, Colour.class, Point.class, Node.class)
                        .get("x"));
        for (Class<?>[] others : new Class<?>[][] {
            {},
            {Point.class},
            {Point.class, Colour.class},
            {Colour.class, OtherPoint.class},
            {Colour.class, Nothing.class}
        }) {
            CorruptPartdException e = assertThrows(
                    CorruptPartdException.class,
                    () -> Partds.objects(inner, others).get("x"));
            assertEquals("key \"x\", layer objects,", e.file());
        }
    }

    @Test
    void manyObjectsAndDeepOnesComeBack() {
        Partd<List<Object>> objects = Partds.objects(inner, Point.class, Nothing.class, Node.class, Colour.class);
        objects.append("nothings", Collections.nCopies(100_000, new Nothing()));
        assertEquals(100_000, objects.get("nothings").size());
        List<Object> distinct = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) distinct.add(new Nothing());
        objects.append("distinct", distinct);
        assertEquals(distinct, objects.get("distinct"));
        objects.append("nulls", Collections.nCopies(100_000, null));
        assertEquals(Collections.nCopies(100_000, null), objects.get("nulls"));
        objects.append("empties", Collections.nCopies(50_000, new ArrayList<>()));
        assertEquals(50_000, objects.get("empties").size());
        Node node = null;
        for (int i = 0; i < 500; i++) {
            Node next = node;
            node = new Node();
            node.next = next;
        }
        objects.append("deep", List.of(node));
        int depth = 0;
        for (Node n = (Node) objects.get("deep").get(0); n != null; n = n.next) depth++;
        assertEquals(500, depth);
    }

    @Test
    void nestingBeyondTheStackIsRefused() {
        Partd<List<Object>> objects = Partds.objects(inner, Node.class, Colour.class);
        Node node = null;
        for (int i = 0; i < 1_000_000; i++) {
            Node next = node;
            node = new Node();
            node.next = next;
        }
        List<Object> deep = List.of(node);
        assertThrows(IllegalArgumentException.class, () -> objects.append("x", deep));
        objects.append("x", List.of("still works"));
        assertEquals(List.of("still works"), objects.get("x"));
    }

    @Test
    void oneStoreServesManyThreads() throws Exception {
        Partd<List<Point>> points = Partds.objects(inner, Point.class);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Void>> jobs = IntStream.range(0, 16)
                    .<Callable<Void>>mapToObj(job -> () -> {
                        for (int i = 0; i < 200; i++) points.append("k" + job, List.of(new Point(i, i, "p" + i)));
                        for (int i = 0; i < 200; i++)
                            assertEquals(i, points.get("k" + job).get(i).x());
                        return null;
                    })
                    .toList();
            for (Future<Void> job : threads.invokeAll(jobs)) job.get();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void mutatedBytes() {
        ObjectsEncoding<Object> encoding = new ObjectsEncoding<>(Point.class, Node.class, Colour.class, Nothing.class);
        Node node = new Node();
        node.next = new Node();
        node.points.add(new Point(1, 2, "p"));
        List<byte[]> payloads = List.of(
                encoding.encode(List.of(new Point(1, 2.5, "name"), new Point(2, 3.5, "other")))
                        .toArray(),
                encoding.encode(List.of(node, Colour.RED, "text", 5L)).toArray(),
                encoding.encode(List.of(Map.of("k", List.of(1, 2)), new int[100], new TreeMap<>(Map.of("a", "b"))))
                        .toArray(),
                encoding.encode(List.of(LocalDate.EPOCH, Instant.EPOCH, new BigDecimal("1.5"), UUID.randomUUID()))
                        .toArray());
        Fuzz.run("objects", random -> {
            byte[] mutated = Fuzz.mutate(random, payloads.get(random.nextInt(payloads.size())), payloads);
            try {
                encoding.decode(Bytes.of(mutated));
            } catch (CorruptPartdException e) {
                assertEquals("objects", e.file());
            }
        });
        payloads.forEach(
                payload -> assertTrue(!encoding.decode(Bytes.of(payload)).isEmpty()));
    }
}
