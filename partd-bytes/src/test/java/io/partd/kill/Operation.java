package io.partd.kill;

import io.partd.Bytes;
import io.partd.FileOptions;
import io.partd.FilePartd;
import io.partd.Partds;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a process is killed in: how the store is before, the operation itself, and what that does to the values. */
enum Operation {
    /** Makes a segment. */
    FIRST_APPEND(Before.NEW_PROCESS, append(Map.of(Content.KEY, "V"), Set.of())),
    APPEND(Before.KEY_IS_THERE, append(Map.of(Content.KEY, "V"), Set.of())),
    APPEND_WITH_HEAD(Before.KEY_IS_ABSENT, append(Map.of(Content.KEY, "V"), Set.of(Content.KEY))),
    /** There are bytes already, and so no head is written. */
    APPEND_TO_HEAD(Before.KEY_IS_THERE, append(Map.of(Content.KEY, "V"), Set.of(Content.KEY))),
    APPEND_TO_SEVERAL(
            Before.KEY_IS_ABSENT,
            append(Map.of(Content.KEY, "V", "old", "V", "done", "V", "new", "V"), Set.of(Content.KEY, "old"))),
    /** Finishes a segment and makes the next. */
    ROLLING_APPEND(Before.SEGMENT_IS_FULL, append(Map.of(Content.KEY, "V"), Set.of())),
    FSYNCED_APPEND(Before.FSYNC, append(Map.of(Content.KEY, "V"), Set.of())),
    FIRST_FSYNCED_APPEND_WITH_HEAD(Before.NEW_PROCESS_FSYNC, append(Map.of(Content.KEY, "V"), Set.of(Content.KEY))),
    PUT_IF_ABSENT(Before.KEY_IS_ABSENT, append(Map.of(), Set.of(Content.KEY))),
    DELETE(Before.KEY_IS_THERE, delete(Content.KEY)),
    FIRST_FSYNCED_DELETE(Before.NEW_PROCESS_FSYNC, delete("done", "old")),
    DROP(Before.KEY_IS_THERE, change(FilePartd::drop, Content::drop)),
    COMPACT(Before.KEY_IS_THERE, change(FilePartd::compact, content -> {})),
    FLUSH(Before.KEY_IS_THERE, change(FilePartd::flush, content -> {})),
    CLOSE(Before.KEY_IS_THERE, change(FilePartd::close, content -> {})),
    /** There is no store yet. */
    OPEN(Before.NOTHING, null),
    /** After a crash in the middle of an append. */
    OPEN_AFTER_APPEND(Before.NEW_PROCESS, null),
    /** After a crash in the middle of a drop, whose manifest is there. */
    OPEN_AFTER_DROP(Before.NEW_PROCESS, null),
    /** After a crash in the middle of a compaction, which has no manifest yet. */
    OPEN_AFTER_COMPACT(Before.NEW_PROCESS, null);

    /** How things are when the operation begins. */
    private enum Before {
        NOTHING(false, false, FileOptions.defaults()),
        NEW_PROCESS(false, false, FileOptions.defaults()),
        NEW_PROCESS_FSYNC(false, false, FileOptions.defaults().withFsync(true)),
        KEY_IS_ABSENT(false, true, FileOptions.defaults()),
        KEY_IS_THERE(true, true, FileOptions.defaults()),
        SEGMENT_IS_FULL(false, true, FileOptions.defaults().withSegmentBytes(1)),
        FSYNC(false, true, FileOptions.defaults().withFsync(true));

        final boolean present;
        final boolean hasAppended;
        final FileOptions options;

        Before(boolean present, boolean hasAppended, FileOptions options) {
            this.present = present;
            this.hasAppended = hasAppended;
            this.options = options;
        }
    }

    private interface Run {
        void on(FilePartd store);
    }

    private interface Effect {
        void on(Content content);
    }

    private record Change(Run run, Effect effect) {}

    private final Before before;
    /** Null where opening the store is all. */
    private final Change change;

    Operation(Before before, Change change) {
        this.before = before;
        this.change = change;
    }

    private static Change change(Run run, Effect effect) {
        return new Change(run, effect);
    }

    private static Change append(Map<String, String> values, Set<String> heads) {
        Map<String, String> texts = new HashMap<>();
        heads.forEach(key -> texts.put(key, "[B]"));
        return change(store -> store.append(bytes(values), bytes(texts)), content -> content.append(values, texts));
    }

    private static Change delete(String... keys) {
        return change(store -> store.delete(List.of(keys)), content -> content.delete(List.of(keys)));
    }

    static Map<String, Bytes> bytes(Map<String, String> texts) {
        Map<String, Bytes> bytes = new HashMap<>();
        texts.forEach((key, text) -> bytes.put(key, Bytes.utf8(text)));
        return bytes;
    }

    /** Whether there is a store before. */
    boolean hasStore() {
        return before != Before.NOTHING;
    }

    /** Whether the key that the operation is about holds something before. */
    boolean isKeyPresent() {
        return before.present;
    }

    /** Whether the process has appended before. */
    boolean hasAppended() {
        return before.hasAppended;
    }

    /** Whether the operation is to open the store. */
    boolean isOpening() {
        return change == null;
    }

    /** Whether it takes a lock of the whole JVM for a moment, and not only of the store. */
    boolean locksJvm() {
        return isOpening() || this == CLOSE;
    }

    /** What another process was killed in before, or null. */
    Crash crash() {
        return switch (this) {
            case OPEN_AFTER_APPEND -> new Crash(FIRST_FSYNCED_APPEND_WITH_HEAD, "fdatasync");
            case OPEN_AFTER_DROP -> new Crash(DROP, "fsync");
            case OPEN_AFTER_COMPACT -> new Crash(COMPACT, "rename");
            default -> null;
        };
    }

    /** An operation, and the first system call of which name was not made any more. */
    record Crash(Operation operation, String call) {}

    FilePartd open(Path directory) {
        FilePartd store = Partds.file(directory, before.options);
        if (hasAppended()) store.append("mine", Bytes.utf8("m"));
        return store;
    }

    void run(FilePartd store) {
        change.run.on(store);
    }

    /** Does the same to what the keys hold. */
    void apply(Content content) {
        if (change != null) change.effect.on(content);
    }
}
