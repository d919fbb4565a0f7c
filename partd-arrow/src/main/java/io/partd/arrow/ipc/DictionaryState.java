package io.partd.arrow.ipc;

import io.partd.arrow.column.Batch;
import io.partd.arrow.memory.Arena;
import java.util.ArrayList;
import java.util.List;

/**
 * What a dictionary holds at one place of a stream, and the memory that it lies in. Batches, and dictionaries whose
 * entries are encoded with it, hold on to it while they are in use. For one thread.
 */
final class DictionaryState {
    private final Arena arena;
    private final List<DictionaryState> inner;
    private final Batch batch;
    private int holders = 1;

    /** Takes over the arena, and holds on to the inner dictionaries. */
    DictionaryState(Batch batch, Arena arena, List<DictionaryState> inner) {
        this.batch = batch;
        this.arena = arena;
        this.inner = new ArrayList<>(inner);
        this.inner.forEach(DictionaryState::hold);
    }

    Batch batch() {
        return batch;
    }

    Arena arena() {
        return arena;
    }

    DictionaryState hold() {
        holders++;
        return this;
    }

    void release() {
        if (--holders > 0) return;
        arena.close();
        inner.forEach(DictionaryState::release);
    }
}
