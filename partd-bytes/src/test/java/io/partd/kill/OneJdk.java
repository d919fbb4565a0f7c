package io.partd.kill;

import org.junit.jupiter.api.Assumptions;

/** For tests that take long and do not depend on the JDK. */
final class OneJdk {
    private OneJdk() {}

    /** Skips a test where this is not the first JDK that it is run on. */
    static void assumeFirst() {
        Assumptions.assumeFalse(Boolean.getBoolean("partd.anotherJdk"), "takes long, and was run on the first JDK");
    }
}
