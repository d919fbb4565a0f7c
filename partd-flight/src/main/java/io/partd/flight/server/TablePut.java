package io.partd.flight.server;

import io.grpc.Status;
import io.partd.Bytes;
import io.partd.CorruptPartdException;
import io.partd.arrow.ArrowStream;
import io.partd.arrow.Partitioner;
import io.partd.flight.protocol.Failures;
import io.partd.flight.protocol.Json;
import io.partd.flight.server.memory.Budget;
import io.partd.flight.wire.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.vector.ipc.ArrowReader;

/**
 * A stream of record batches. Each is an append of its own, with the dictionaries that it needs, and is answered when
 * it was made; the next one is received after that.
 */
final class TablePut extends Put {
    /** What a smaller schema takes is not counted while the stream goes on: there are only so many calls. */
    private static final int SMALL = 64 << 10;

    /** What errors call the stream. */
    private static final String RECEIVED = "the stream that was sent";

    private final Consumer<ArrowReader> append;
    private final boolean keepsEmpty;
    private final Dictionaries dictionaries = new Dictionaries();
    private StreamMessage schema;
    private int schemaSize;
    private long batches;

    private TablePut(PutCall call, Consumer<ArrowReader> append, boolean keepsEmpty) {
        super(call);
        this.append = append;
        this.keepsEmpty = keepsEmpty;
    }

    /** Appends to one key; a stream without batches makes it exist, with its schema. */
    static TablePut toKey(PutCall call, String key) {
        return new TablePut(call, reader -> call.server.tables.append(key, reader), true);
    }

    /** Appends each row to the key that the partitioner gives it. */
    static TablePut partitioned(PutCall call, Partitioner by) {
        return new TablePut(call, reader -> call.server.tables.append(reader, by), false);
    }

    @Override
    void accept(Frame frame, Budget.Reservation reservation) {
        if (frame.header.length == 0) {
            release(frame, reservation);
            askNext();
            return;
        }
        byte type = StreamMessage.type(frame);
        if ((type == MessageHeader.Schema) != (schema == null)) {
            throw new IllegalArgumentException("a stream has its schema first, and once");
        }
        long beyond = StreamMessage.cost(frame, !keepsEmpty);
        if (beyond > call.server.plan.largestMessage) {
            throw Failures.refusal(
                    Status.Code.RESOURCE_EXHAUSTED,
                    "a batch takes " + beyond + " bytes uncompressed and for its rows, and the server has "
                            + call.server.plan.largestMessage + " for that: send smaller batches");
        }
        begin();
        Budget.Reservation work = call.flow.open(call.lane.work);
        long needed = Math.min(2L * frame.size + beyond, work.capacity());
        work.await(
                needed,
                () -> call.server.change(
                        call.lease,
                        () -> process(frame, reservation, work),
                        failure -> refused(frame, reservation, work, failure)));
    }

    private void refused(
            Frame frame, Budget.Reservation reservation, Budget.Reservation work, RuntimeException failure) {
        release(frame, reservation);
        work.close();
        call.fail(failure);
        pause();
    }

    private void process(Frame frame, Budget.Reservation reservation, Budget.Reservation work) {
        try (work) {
            StreamMessage message = StreamMessage.of(frame, reservation);
            switch (message.type()) {
                case MessageHeader.Schema -> {
                    schema = message;
                    schemaSize = frame.size;
                    if (schemaSize < SMALL && reservation != null) reservation.close();
                }
                case MessageHeader.DictionaryBatch -> keep(message);
                case MessageHeader.RecordBatch -> {
                    try (message) {
                        append(message);
                    }
                    batches++;
                    answer();
                }
                default -> {
                    message.close();
                    throw new IllegalArgumentException("a message of type " + message.type() + " is not of a stream");
                }
            }
        } catch (RuntimeException | Error e) {
            call.fail(e);
        }
        pause();
    }

    private void keep(StreamMessage dictionary) {
        try {
            dictionaries.add(dictionary);
        } catch (IllegalArgumentException e) {
            dictionary.close();
            throw e;
        }
    }

    private void append(StreamMessage batch) {
        List<ByteBuffer> stream = new ArrayList<>();
        stream.add(schema.bytes());
        for (StreamMessage dictionary : dictionaries.all()) stream.add(dictionary.bytes());
        if (batch != null) stream.add(batch.bytes());
        Bytes bytes = Bytes.of(stream.toArray(ByteBuffer[]::new));
        try (ArrowReader reader = new ArrowStream(bytes, RECEIVED).reader(call.server.allocator)) {
            append.accept(reader);
        } catch (CorruptPartdException e) {
            if (!e.file().contains(RECEIVED)) throw e;
            throw new IllegalArgumentException(RECEIVED + " is not valid Arrow: " + e.reason(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("closing a reader: " + e.getMessage(), e);
        }
    }

    private void answer() {
        call.send(Json.bytes(Json.object().put("batches", batches)));
    }

    /** Whoever holds dictionaries does not wait for others, who may wait for the memory that they take. */
    @Override
    void askNext() {
        if (!dictionaries.isEmpty()) call.flow.askNow();
        else if (schemaSize < SMALL) call.flow.ask();
        else call.flow.askHolding();
    }

    @Override
    void complete() {
        if (schema != null && batches == 0 && keepsEmpty) {
            changeAndEnd(this::appendNothing);
            return;
        }
        if (schema == null) call.fail(Failures.refusal(Status.Code.INVALID_ARGUMENT, "the stream has no schema"));
        else call.succeed();
        end();
    }

    private void appendNothing() {
        append(null);
        answer();
        call.succeed();
    }

    @Override
    void free() {
        dictionaries.close();
        if (schema != null) schema.close();
    }
}
