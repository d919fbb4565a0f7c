package io.partd.memory;

import io.partd.Bytes;
import io.partd.base.KeyCheck;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * One append to a dict: copies everything first, and then shows all of it or takes all of it back. All but
 * {@link #publish} runs under the store's change lock alone.
 */
final class DictAppend {
    private final Map<String, DictValue> ropes;
    private final List<DictValue> staged = new ArrayList<>();
    private final List<String> created = new ArrayList<>();
    private Set<String> headsWritten = Set.of();

    DictAppend(Map<String, DictValue> ropes) {
        this.ropes = ropes;
    }

    void stage(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
        Objects.requireNonNull(values, "values is null");
        Objects.requireNonNull(heads, "heads is null").forEach(this::stageHead);
        values.forEach((key, value) -> stage(rope(key), AppendSizes.value(key, value)));
    }

    private void stageHead(String key, Bytes head) {
        DictValue rope = rope(key);
        AppendSizes.value(key, head);
        if (rope.stagedSize() > 0) return;
        if (headsWritten.isEmpty()) headsWritten = new LinkedHashSet<>();
        headsWritten.add(key);
        stage(rope, head);
    }

    private void stage(DictValue rope, Bytes chunk) {
        staged.add(rope);
        rope.stage(chunk);
    }

    /**
     * The key's rope; a new one stays invisible until it is published. A key that is there was checked when it came.
     */
    private DictValue rope(String key) {
        DictValue rope = ropes.get(Objects.requireNonNull(key, "key is null"));
        if (rope != null) return rope;
        KeyCheck.check(key);
        created.add(key);
        rope = new DictValue();
        ropes.put(key, rope);
        return rope;
    }

    /** Sets fields and allocates nothing: it cannot stop halfway. */
    void publish() {
        for (int i = 0; i < staged.size(); i++) staged.get(i).publish();
    }

    void giveUp() {
        for (int i = 0; i < staged.size(); i++) staged.get(i).unstage();
        for (int i = 0; i < created.size(); i++) ropes.remove(created.get(i));
    }

    Set<String> headsWritten() {
        return headsWritten;
    }
}
