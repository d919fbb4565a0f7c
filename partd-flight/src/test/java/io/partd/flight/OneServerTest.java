package io.partd.flight;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.flight.testing.ServerProcess;
import io.partd.testing.ForwardingPartd;
import io.partd.testing.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A store has one server, and the next one takes over without a gap in what was promised. */
@Timeout(120)
class OneServerTest {
    private static final ServerOptions ANYWHERE = ServerOptions.at("grpc+tcp://127.0.0.1:0");

    @TempDir
    Path directory;

    private static String refused(Partd<Bytes> store) {
        return assertThrows(UncheckedIOException.class, () -> PartdServer.serve(store, ANYWHERE))
                .getMessage();
    }

    @Test
    void theSecondIsToldWhoHasIt() {
        try (Partd<Bytes> other = Partds.zstd(Partds.buffer(Partds.dict(), Partds.file(directory), 1000))) {
            PartdServer server = PartdServer.serve(Partds.snappy(Partds.file(directory)), ANYWHERE);
            String message = refused(other);
            assertTrue(message.contains("process " + ProcessHandle.current().pid() + " on "), message);
            assertTrue(message.contains(server.uri().toString()), message);
            other.append("k", Bytes.EMPTY); // the store is as it was
            server.close();
            PartdServer.serve(other, ANYWHERE).close();
        }
    }

    @Test
    void anotherProcess() {
        try (Partd<Bytes> store = Partds.file(directory);
                ServerProcess first = ServerProcess.start(directory, ServerProcess.freePort())) {
            assertTrue(refused(store).contains(first.uri.toString()));
            first.kill();
            PartdServer.serve(store, ANYWHERE).close();
        }
    }

    /** Who could not begin to serve does not keep the store. */
    @Test
    void aServerThatCannotListen() {
        try (Partd<Bytes> store = Partds.file(directory);
                PartdServer elsewhere = PartdServer.serve(Partds.dict(), ANYWHERE)) {
            ServerOptions taken = ServerOptions.at(elsewhere.uri().toString());
            assertThrows(UncheckedIOException.class, () -> PartdServer.serve(store, taken));
            PartdServer.serve(store, ANYWHERE).close();
        }
    }

    /** A store whose appends wait. */
    private static final class Waiting extends ForwardingPartd<Bytes> {
        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch go = new CountDownLatch(1);

        Waiting(Partd<Bytes> inner) {
            super(inner);
        }

        @Override
        public Set<String> append(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
            entered.countDown();
            try {
                if (!go.await(60, TimeUnit.SECONDS)) throw new AssertionError("nobody says go");
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return super.append(values, heads);
        }
    }

    /** A server that ends answers what is under way, and only then another may begin. */
    @Test
    void whatIsUnderWayIsFinishedFirst() throws Exception {
        Waiting store = new Waiting(Partds.file(directory));
        Partd<Bytes> coded = Partds.snappy(store);
        PartdServer server = PartdServer.serve(coded, ANYWHERE);
        try (FlightPartd client = FlightPartd.connect(server.uri())) {
            CompletableFuture<Void> append = inThread(() -> client.append("k", Bytes.utf8("x")));
            assertTrue(store.entered.await(30, TimeUnit.SECONDS));
            CompletableFuture<Void> closing = inThread(server::close);
            awaitRefusal(server.uri());
            assertFalse(closing.isDone());
            assertFalse(append.isDone());
            store.go.countDown();
            append.get(30, TimeUnit.SECONDS);
            closing.get(30, TimeUnit.SECONDS);
        }
        try (Partd<Bytes> next = Partds.snappy(Partds.file(directory))) {
            assertEquals("x", next.get("k").toUtf8());
            PartdServer.serve(next, ANYWHERE).close();
        }
    }

    /** In a thread of its own: the common pool may have one alone, and one of these waits for the other. */
    private static CompletableFuture<Void> inThread(Runnable step) {
        return CompletableFuture.runAsync(step, task -> new Thread(task).start());
    }

    /** Waits until the server takes no new connections. */
    private static void awaitRefusal(URI uri) throws Exception {
        Patience.until("no connection is taken", () -> {
            try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
                return !socket.isConnected();
            } catch (IOException e) {
                return true;
            }
        });
    }
}
