package io.partd.flight.server;

import java.util.Iterator;
import java.util.List;

/** Answers of a call, made one by one, and what to free after the last. */
interface AnswerSource<T> extends Iterator<T>, AutoCloseable {
    @Override
    void close();

    /** How much memory its answers take that is nobody else's, in bytes. */
    default long memory() {
        return 0;
    }

    /** Answers that are there already, or made as they are asked for. */
    static <T> AnswerSource<T> of(Iterator<T> answers) {
        return new AnswerSource<>() {
            @Override
            public boolean hasNext() {
                return answers.hasNext();
            }

            @Override
            public T next() {
                return answers.next();
            }

            @Override
            public void close() {}
        };
    }

    /** One answer. */
    static <T> AnswerSource<T> of(T answer) {
        return of(List.of(answer).iterator());
    }
}
