package io.partd.testing;

import org.junit.jupiter.api.Assumptions;

/** For kills, soaks and fuzz: they take long and do not depend on the JDK. */
public final class OneJdk {
    private OneJdk() {}

    /** Skips a test where this is not the first JDK that it is run on. */
    public static void assumeFirst() {
        Assumptions.assumeFalse(Boolean.getBoolean("partd.anotherJdk"), "takes long, and was run on the first JDK");
    }
}
