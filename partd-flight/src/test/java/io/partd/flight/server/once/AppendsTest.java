package io.partd.flight.server.once;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.flight.FlightPartd;
import io.partd.flight.PartdServer;
import io.partd.flight.ServerOptions;
import io.partd.flight.protocol.AppendCommand;
import io.partd.flight.protocol.AppendFailure;
import io.partd.flight.protocol.AppendFailure.Told;
import io.partd.flight.protocol.Entries;
import io.partd.marks.Claim;
import io.partd.marks.Mark;
import io.partd.marks.MarkedStores;
import io.partd.marks.Marks;
import io.partd.marks.OwnerMarks;
import io.partd.testing.ForwardingPartd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a server knows of an append that arrives again, and says of one that failed. */
class AppendsTest {
    private static final BitSet FIRST_HEAD = BitSet.valueOf(new long[] {1});
    private static final Content CONTENT = new Content(1, 1);

    @TempDir
    Path directory;

    private long nanoTime = Long.MAX_VALUE - 1000;
    private final UUID client = UUID.randomUUID();

    private static BitSet append(Appends appends, UUID client, long sequence, Content content) {
        AppendCommand command = new AppendCommand(client, sequence, 0, 0, 0);
        return appends.apply(
                command, content, () -> new Entries(Map.of("k", Bytes.utf8("x")), Map.of("k", Bytes.utf8("head,"))));
    }

    private BitSet append(Appends appends, long sequence) {
        return append(appends, client, sequence, CONTENT);
    }

    private Appends server(Partd<Bytes> store) {
        return new Appends(store, () -> nanoTime);
    }

    @Test
    void aRetryIsAnsweredAsBeforeAlsoByTheNextServer() {
        try (Partd<Bytes> store = Partds.file(directory)) {
            Appends appends = server(store);
            assertEquals(FIRST_HEAD, append(appends, 1));
            assertEquals(FIRST_HEAD, append(appends, 1));
        }
        try (Partd<Bytes> store = Partds.file(directory)) {
            Appends again = server(store);
            assertEquals(FIRST_HEAD, append(again, 1), "its head was written by it");
            assertEquals(new BitSet(), append(again, 2), "another one");
            assertEquals("head,xx", store.get("k").toUtf8());
            assertEquals(Set.of("k"), store.keys());
        }
    }

    /** Whatever is forgotten in memory is still in the store. */
    @Test
    void quietClientsAreForgottenInMemory() {
        try (Partd<Bytes> store = Partds.file(directory)) {
            Appends appends = server(store);
            for (int i = 0; i < 100; i++) append(appends, UUID.randomUUID(), 1, CONTENT);
            append(appends, 1);
            nanoTime += TimeUnit.MINUTES.toNanos(9);
            append(appends, 2);
            assertEquals(101, appends.clients());
            nanoTime += TimeUnit.MINUTES.toNanos(9);
            append(appends, 3);
            assertEquals(1, appends.clients());
            nanoTime += TimeUnit.HOURS.toNanos(9);
            append(appends, UUID.randomUUID(), 1, CONTENT);
            assertEquals(1, appends.clients());
            assertEquals(new BitSet(), append(appends, 3), "this one is known");
            assertEquals("head," + "x".repeat(104), store.get("k").toUtf8());
        }
    }

    @Test
    void theSameNumberWithOtherBytesIsRefused() {
        Content other = new Content(1, 2);
        try (Partd<Bytes> store = Partds.file(directory)) {
            Appends appends = server(store);
            append(appends, 1);
            expectOther(appends, other);
            expectOther(appends, new Content(2, 1));
        }
        try (Partd<Bytes> store = Partds.file(directory)) {
            expectOther(server(store), other);
            assertEquals("head,x", store.get("k").toUtf8());
        }
    }

    private void expectOther(Appends appends, Content content) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> append(appends, client, 1, content));
        assertTrue(e.getMessage().contains("with other bytes"), e.getMessage());
    }

    /** A goodbye may overtake an append, or its duplicate, that waits in a proxy. */
    @Test
    void whatComesAfterTheGoodbyeIsRefused() {
        try (Partd<Bytes> store = Partds.file(directory)) {
            Appends appends = server(store);
            append(appends, 1);
            appends.forget(client);
            expectLate(appends);
            nanoTime += TimeUnit.HOURS.toNanos(1);
            append(appends, UUID.randomUUID(), 1, CONTENT);
            expectLate(appends);
        }
        try (Partd<Bytes> store = Partds.file(directory)) {
            expectLate(server(store));
            assertEquals("head,xx", store.get("k").toUtf8());
        }
    }

    private void expectLate(Appends appends) {
        for (long sequence : List.of(1L, 2L)) {
            IllegalStateException e = assertThrows(IllegalStateException.class, () -> append(appends, sequence));
            assertTrue(e.getMessage().contains("comes late"), e.getMessage());
        }
    }

    /** A store that fails after it has appended, as one does whose memory ends just then. */
    private static final class Failing extends ForwardingPartd<Bytes> implements Marks<Bytes> {
        private final Marks<Bytes> marks;
        Throwable after;
        Throwable before;
        RuntimeException onLookup;
        RuntimeException onFlush;

        Failing(Partd<Bytes> inner) {
            super(inner);
            this.marks = MarkedStores.of(inner);
        }

        private static void fail(Throwable failure) {
            if (failure instanceof Error error) throw error;
            if (failure instanceof RuntimeException exception) throw exception;
        }

        @Override
        public Set<String> append(
                Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads, List<Mark> made) {
            fail(before);
            Set<String> written = marks.append(values, heads, made);
            fail(after);
            return written;
        }

        @Override
        public <T> T sharing(Supplier<T> work) {
            return marks.sharing(work);
        }

        @Override
        public OwnerMarks marks(UUID owner) {
            fail(onLookup);
            return marks.marks(owner);
        }

        @Override
        public Claim claim(String who) {
            return marks.claim(who);
        }

        @Override
        public void flush() {
            fail(onFlush);
            super.flush();
        }
    }

    private static UncheckedIOException world(String message) {
        return new UncheckedIOException(new IOException(message));
    }

    @Test
    void aFailureAfterTheAppendIsKnown() {
        try (Failing store = new Failing(Partds.file(directory))) {
            Appends appends = server(store);
            store.after = new OutOfMemoryError("just then");
            assertEquals(FIRST_HEAD, append(appends, 1), "it was made");
            store.after = world("fsync failed");
            assertEquals(new BitSet(), append(appends, 2), "a flush made good for it");
            store.onFlush = world("an earlier fsync failed");
            AppendFailure made = assertThrows(AppendFailure.class, () -> append(appends, 3));
            assertEquals(Told.MADE, made.told());
            assertSame(store.after, made.getCause());
            assertEquals(new BitSet(), append(appends, 3), "tried again, it is found");
            assertEquals("head,xxx", store.get("k").toUtf8());
        }
    }

    @Test
    void aFailureBeforeTheAppendIsKnownToo() {
        try (Failing store = new Failing(Partds.file(directory))) {
            Appends appends = server(store);
            store.before = world("no room");
            AppendFailure failure = assertThrows(AppendFailure.class, () -> append(appends, 1));
            assertEquals(Told.NOTHING, failure.told());
            store.before = null;
            assertEquals(FIRST_HEAD, append(appends, 1), "now there is room");
            assertEquals("head,x", store.get("k").toUtf8());
        }
    }

    @Test
    void whatTheStoreCannotSayIsUnknown() {
        try (Failing store = new Failing(Partds.file(directory))) {
            Appends appends = server(store);
            append(appends, 1);
            store.after = world("just then");
            store.onLookup = world("and then");
            AppendFailure failure = assertThrows(AppendFailure.class, () -> append(appends, 2));
            assertEquals(Told.UNKNOWN, failure.told());
            store.after = null;
            store.onLookup = null;
            assertEquals(new BitSet(), append(appends, 2), "now it can");
            assertEquals("head,xx", store.get("k").toUtf8());
        }
    }

    /** A store without marks cannot say: it is not made a second time. */
    @Test
    void aStoreWithoutMarks() {
        Partd<Bytes> failing = new ForwardingPartd<>(Partds.dict()) {
            @Override
            public Set<String> append(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
                super.append(values, heads);
                throw new OutOfMemoryError("just then");
            }
        };
        Appends appends = server(failing);
        for (int i = 0; i < 2; i++) {
            AppendFailure failure = assertThrows(AppendFailure.class, () -> append(appends, 1));
            assertEquals(Told.UNKNOWN, failure.told());
        }
        assertEquals("head,x", failing.get("k").toUtf8());
    }

    /** Over the wire: what the client says of it. */
    @Test
    void clientsSayWhatIsKnown() {
        Failing store = new Failing(Partds.file(directory));
        try (PartdServer server = PartdServer.serve(store, ServerOptions.at("grpc+tcp://127.0.0.1:0"));
                FlightPartd client = FlightPartd.connect(server.uri())) {
            store.after = new OutOfMemoryError("just then");
            client.append("k", Bytes.utf8("a"));
            store.onFlush = world("an earlier fsync failed");
            expect(client, "it was appended");
            store.after = null;
            client.append("k", Bytes.utf8("b"));
            store.after = world("just then");
            store.onLookup = world("and then");
            expect(client, "it is unknown whether it was appended");
            store.onLookup = null;
            store.before = new OutOfMemoryError("before");
            expect(client, "nothing was appended");
            store.before = world("no room");
            expect(client, "no room");
            store.before = null;
            store.after = null;
            assertEquals("axbx", client.get("k").toUtf8());
        }
    }

    private static void expect(FlightPartd client, String message) {
        UncheckedIOException e = assertThrows(UncheckedIOException.class, () -> client.append("k", Bytes.utf8("x")));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    @Test
    void theContentIsThatOfAllBytes() {
        Content whole = Content.of(Bytes.utf8("123456789").buffers());
        assertEquals(new Content(9, 0xe3069283), whole);
        List<ByteBuffer> parts = Bytes.of(
                        Bytes.utf8("1234").buffers().get(0),
                        Bytes.utf8("56789").buffers().get(0))
                .buffers();
        assertEquals(whole, Content.of(parts));
    }
}
