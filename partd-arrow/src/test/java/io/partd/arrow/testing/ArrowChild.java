package io.partd.arrow.testing;

import io.partd.Partds;
import io.partd.arrow.ArrowPartd;
import java.nio.file.Path;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * What a child process does: {@code append <directory> <writer> <count>} appends as {@link Writers} says, {@code race
 * <directory> <writer> <count>} begins keys with a schema that depends on the writer, and prints {@code won <key>} or
 * {@code lost <key>}. It prints {@code ready} first, so that all can be held at their first append by the store's lock.
 */
public final class ArrowChild {
    private ArrowChild() {}

    public static void main(String[] args) {
        int writer = Integer.parseInt(args[2]);
        int count = Integer.parseInt(args[3]);
        try (BufferAllocator allocator = new RootAllocator();
                ArrowPartd store = ArrowPartd.over(Partds.file(Path.of(args[1])), allocator)) {
            say("ready");
            for (int i = 0; i < count; i++) {
                if (args[0].equals("append")) Writers.append(store, allocator, writer, i);
                else race(store, allocator, writer, i);
            }
        }
    }

    private static void race(ArrowPartd store, BufferAllocator allocator, int writer, int i) {
        try (VectorSchemaRoot table = SmallTables.typed(writer % 2, writer, allocator)) {
            store.append("race " + i, table);
            say("won race " + i);
        } catch (IllegalArgumentException e) {
            say("lost race " + i);
        }
    }

    private static void say(String line) {
        System.out.print(line + "\n");
        System.out.flush();
    }
}
