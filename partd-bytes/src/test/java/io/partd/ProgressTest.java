package io.partd;

import io.partd.testing.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Displays of progress that are found on the class path, in JVMs of their own. */
class ProgressTest {
    private static final List<String> SHOWN =
            List.of("made", "opened", "compact of 3 keys", "+3", "closed", "v", "loop of -1 steps", "+7", "closed");

    @TempDir
    Path directory;

    /** Prints what it is told. */
    public static final class Printed implements Progress.Display {
        public Printed() {
            System.out.println("made");
        }

        @Override
        public Progress begin(String what, String unit, long total) {
            System.out.println(what + " of " + total + " " + unit);
            return new Progress() {
                @Override
                public void add(long amount) {
                    System.out.println("+" + amount);
                }

                @Override
                public void close() {
                    System.out.println("closed");
                }
            };
        }
    }

    /** Uses a store, and reports the progress of a loop. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) {
            try (FilePartd store = Partds.tempFile()) {
                System.out.println("opened");
                for (int i = 0; i < 3; i++) store.append("k" + i, Bytes.utf8("v"));
                store.compact();
                System.out.println(store.get("k2").toUtf8());
            }
            try (Progress progress = Progress.begin("loop", "steps", Progress.UNKNOWN)) {
                progress.add(7);
            }
        }
    }

    /** Names its display itself. */
    static final class Naming {
        private Naming() {}

        public static void main(String[] arguments) {
            Progress.showOn(new Printed());
            Child.main(arguments);
        }
    }

    private List<String> linesWith(String display) throws IOException, InterruptedException {
        return linesWith(display, Child.class);
    }

    private List<String> linesWith(String display, Class<?> main) throws IOException, InterruptedException {
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.writeString(services.resolve("io.partd.Progress$Display"), display);
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        // Another entry of the class path, without a change of the one that children get.
        List<String> flags = List.of("-Xbootclasspath/a:" + directory);
        try (ChildProcess child = ChildProcess.start(flags, main, lines::add)) {
            child.joinWell();
        }
        return lines;
    }

    @Test
    void theDisplayIsMadeWithTheFirstStoreAndTold() throws Exception {
        assertEquals(SHOWN, linesWith(Printed.class.getName()));
    }

    @Test
    void whereTheProgramNamesADisplayNoOtherIsLookedFor() throws Exception {
        // The one that would be found would be made, and say so.
        assertEquals(SHOWN, linesWith(Printed.class.getName(), Naming.class));
    }

    @Test
    void withoutADisplayOrWithABrokenOneNothingIsShown() throws Exception {
        assertEquals(List.of("opened", "v"), linesWith(""));
        assertEquals(List.of("opened", "v"), linesWith("io.partd.NoSuchDisplay"));
    }
}
