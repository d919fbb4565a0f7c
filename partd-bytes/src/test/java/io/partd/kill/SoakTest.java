package io.partd.kill;

import io.partd.testing.OneJdk;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code -Dpartd.soak.seconds=600} runs for so long, {@code -Dpartd.seed=1} with this seed. */
@Tag("slow")
class SoakTest {
    @Test
    void nothingIsLostAndNothingReturns() throws Exception {
        OneJdk.assumeFirst();
        long seconds = Long.getLong("partd.soak.seconds", 60);
        long seed = Long.getLong("partd.seed", System.nanoTime());
        System.out.println("soak of " + seconds + " s, seed " + seed);
        try (FastDirectory directory = FastDirectory.create()) {
            Soak soak = new Soak(VictimJar.command(directory.path()), directory.path(), seconds, seed);
            soak.run();
            System.out.println(soak);
        }
    }
}
