package io.partd.base;

/** The library's log. It is looked for when there is something to say: that goes through the whole class path. */
public final class Log {
    private Log() {}

    public static System.Logger get() {
        return Holder.LOG;
    }

    private static final class Holder {
        static final System.Logger LOG = System.getLogger("io.partd");
    }
}
