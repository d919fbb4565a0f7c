package io.partd.flight.wire;

/** How large messages are and how many calls there are, as far as client and server have agreed on it. */
public final class WireLimits {
    /** What a client that knows this server sends at most in a message's body. */
    public static final int CHUNK = 1 << 20;

    /** The same with all that belongs to the message. */
    public static final int SLOT = CHUNK + (64 << 10);

    /** A request that is not data: a get of 100,000 keys is one. */
    public static final int LARGEST_COMMAND = 16 << 20;

    /** A message of the call that holds the lock. */
    public static final int LARGEST_OF_LOCK = 1 << 10;

    /** The calls of a client: half of what a connection may have at least, for who holds the lock needs the other. */
    public static final int CALLS_AT_ONCE = 64;

    private WireLimits() {}
}
