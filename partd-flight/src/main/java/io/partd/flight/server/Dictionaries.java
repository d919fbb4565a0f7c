package io.partd.flight.server;

import io.partd.base.Closing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The dictionaries of a stream of record batches as of now, as the messages that they came in. For one thread at a
 * time.
 */
final class Dictionaries implements AutoCloseable {
    private final Map<Long, List<StreamMessage>> messages = new LinkedHashMap<>();

    /**
     * Adds to a dictionary, or takes its place; closes the message later.
     *
     * @throws IllegalArgumentException if the message's header is broken: it is not added then
     */
    void add(StreamMessage message) {
        boolean delta = message.isDelta();
        List<StreamMessage> same = messages.computeIfAbsent(message.dictionary(), id -> new ArrayList<>());
        if (!delta) {
            Closing.each(same, StreamMessage::close);
            same.clear();
        }
        same.add(message);
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    List<StreamMessage> all() {
        return messages.values().stream().flatMap(List::stream).toList();
    }

    @Override
    public void close() {
        Closing.each(all(), StreamMessage::close);
        messages.clear();
    }
}
