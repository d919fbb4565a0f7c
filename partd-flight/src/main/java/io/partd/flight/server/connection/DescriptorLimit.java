package io.partd.flight.server.connection;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many files and connections this process may have open. */
public final class DescriptorLimit {
    private DescriptorLimit() {}

    /**
     * How many connections a server may have: a quarter of all file descriptors, and those that are open already, are
     * left to the store and to whatever else this process does.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static int connections() {
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system)) {
            return Integer.MAX_VALUE;
        }
        long all = system.getMaxFileDescriptorCount();
        if (all < 0) return Integer.MAX_VALUE;
        long left = all - all / 4 - system.getOpenFileDescriptorCount();
        if (left < 1) {
            throw new IllegalArgumentException(
                    "this process may open " + all + " files, which is too few to serve: raise the limit (ulimit -n)");
        }
        return (int) Math.min(Integer.MAX_VALUE, left);
    }
}
