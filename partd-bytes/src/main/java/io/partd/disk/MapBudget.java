package io.partd.disk;

import io.partd.base.Log;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * How many maps of files there may be. The system allows a process so many in all; where they have run out, the JVM
 * cannot even start a thread. A map counts until the garbage collector has found that nobody has it any more.
 */
final class MapBudget {
    private static final Path SYSTEM_LIMIT = Path.of("/proc/sys/vm/max_map_count");
    /** What Linux allows where nothing was changed. */
    private static final int USUAL_LIMIT = 65_530;
    /** The rest is for the JVM itself, and for copies of this code that other class loaders have. */
    private static final int SHARE = 4;

    static final MapBudget OF_THIS_JVM = new MapBudget(allowed() / SHARE);

    final int limit;
    private final ReferenceQueue<ByteBuffer> gone = new ReferenceQueue<>();
    private final Set<Reference<ByteBuffer>> maps = new HashSet<>();
    private int taken;

    MapBudget(int limit) {
        this.limit = limit;
    }

    private static int allowed() {
        if (!Files.isReadable(SYSTEM_LIMIT)) return USUAL_LIMIT;
        try (BufferedReader text = Files.newBufferedReader(SYSTEM_LIMIT)) {
            return Integer.parseInt(text.readLine()); // in one read: a second would find nothing
        } catch (IOException e) {
            Log.get().log(Level.DEBUG, "taking the usual limit of maps", e);
            return USUAL_LIMIT;
        }
    }

    /** Takes one map from the budget, if there is one. */
    synchronized boolean tryTake() {
        for (Reference<?> map = gone.poll(); map != null; map = gone.poll()) {
            if (maps.remove(map)) taken--;
        }
        if (taken >= limit) return false;
        taken++;
        return true;
    }

    /** The one that was taken is this, and comes back when it is garbage. */
    synchronized ByteBuffer made(ByteBuffer map) {
        maps.add(new PhantomReference<>(map, gone));
        return map;
    }

    /** The one that was taken could not be made. */
    synchronized void giveBack() {
        taken--;
    }
}
