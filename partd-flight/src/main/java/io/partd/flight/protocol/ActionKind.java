package io.partd.flight.protocol;

import java.util.Optional;

/** The actions by their names. */
public enum ActionKind {
    DELETE("delete", true, "removes keys: {\"keys\": [...]}"),
    DROP("drop", true, "removes everything"),
    KEYS("keys", false, "lists the keys, in JSON lists"),
    FLUSH("flush", true, "returns when everything is on the medium"),
    STAT("stat", false, "says how much is stored, and how busy the server is"),
    REMOVALS("removals", false, "a number that grows when keys are removed"),
    GOODBYE("goodbye", true, "a client tries nothing again: {\"client\": \"...\"}");

    public final String type;
    /** Whether it may change something, and waits while somebody holds the lock. */
    public final boolean changes;

    public final String description;

    ActionKind(String type, boolean changes, String description) {
        this.type = type;
        this.changes = changes;
        this.description = description;
    }

    /** The action of this name, if there is one. */
    public static Optional<ActionKind> of(String type) {
        for (ActionKind kind : values()) if (kind.type.equals(type)) return Optional.of(kind);
        return Optional.empty();
    }
}
