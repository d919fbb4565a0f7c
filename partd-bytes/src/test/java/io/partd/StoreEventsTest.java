package io.partd;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a real recording has of a file store. */
class StoreEventsTest {
    @TempDir
    Path directory;

    private Map<String, RecordedEvent> record(Runnable work) throws IOException {
        Path file = directory.resolve("recording.jfr");
        try (Recording recording = new Recording()) {
            for (String name : List.of("Append", "Get", "Flush", "Compaction")) {
                recording.enable("io.partd." + name).withThreshold(Duration.ZERO);
            }
            recording.start();
            work.run();
            recording.stop();
            recording.dump(file);
        }
        Map<String, RecordedEvent> events = new HashMap<>();
        for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
            events.put(event.getEventType().getName(), event);
        }
        return events;
    }

    @Test
    void eachOperationIsThere() throws IOException {
        Path store = directory.resolve("store");
        Map<String, RecordedEvent> events = record(() -> {
            try (FilePartd file = Partds.file(store)) {
                file.append(Map.of("a", Bytes.utf8("12345"), "b", Bytes.utf8("1")), Map.of("c", Bytes.utf8("head")));
                file.get(List.of("a", "b", "absent"));
                file.flush();
                file.compact();
            }
        });
        RecordedEvent append = events.get("io.partd.Append");
        assertEquals(2, append.getInt("values"));
        assertEquals(6, append.getLong("bytes"));
        assertFalse(append.getDuration().isNegative());
        RecordedEvent get = events.get("io.partd.Get");
        assertEquals(3, get.getInt("keys"));
        assertEquals(6, get.getLong("bytes"));
        for (String name : List.of("Append", "Get", "Flush", "Compaction")) {
            assertEquals(
                    store.toAbsolutePath().toString(),
                    events.get("io.partd." + name).getString("store"),
                    name);
        }
    }

    /** A runtime that was made without jdk.jfr has a store, and no events. */
    @Test
    @Tag("slow")
    void aRuntimeWithoutTheModule() throws Exception {
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--limit-modules",
                        "java.base,java.logging,jdk.unsupported",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WithoutEvents.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(java.waitFor(60, TimeUnit.SECONDS), "it does not end");
        assertEquals("no jdk.jfr\nx\n", said);
    }

    /** What runs there. */
    static final class WithoutEvents {
        private WithoutEvents() {}

        public static void main(String[] args) {
            if (ModuleLayer.boot().findModule("jdk.jfr").isEmpty()) System.out.println("no jdk.jfr");
            try (FilePartd store = Partds.file(Path.of(args[0], "store"))) {
                store.append("a", Bytes.utf8("x"));
                store.flush();
                store.compact();
                System.out.println(store.get("a").toUtf8());
            }
        }
    }
}
