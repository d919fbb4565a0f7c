package io.partd.flight.server.connection;

import java.net.InetAddress;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The connections of a server, of which there are so many at most, in all and for each address. Where there are as many
 * already, the oldest that no call was ever allowed to makes room; a new one is closed where there is none. Safe for
 * several threads.
 */
public final class Connections {
    private final int most;
    private final int mostOfPeer;
    private final int mostOfThisMachine;
    private final Set<Connection> open = new LinkedHashSet<>();
    /** Those that have made room, and have a file descriptor until their threads have closed them. */
    private final Set<Connection> leaving = new HashSet<>();

    private final int mostLeaving;
    private final Map<InetAddress, Integer> peers = new HashMap<>();
    private final Map<SocketAddress, Connection> addresses = new HashMap<>();

    /**
     * @param most how many there are at most
     * @param perPeer how many of them one address has; 0 for half of all, and all for this machine
     */
    public Connections(int most, int perPeer) {
        this.most = most;
        this.mostOfPeer = perPeer == 0 ? Math.max(1, most / 2) : Math.min(most, perPeer);
        this.mostOfThisMachine = perPeer == 0 ? most : mostOfPeer;
        this.mostLeaving = most / 8 + 1;
    }

    /** Takes in a new one; says whether there is room for it. */
    boolean admit(Connection connection) {
        Connection oldest = null;
        synchronized (this) {
            if (isFull(connection)) {
                oldest = leaving.size() < mostLeaving ? stranger(connection) : null;
                if (oldest == null) return false;
                remove(oldest);
                leaving.add(oldest);
            }
            open.add(connection);
            peers.merge(connection.peer, 1, Integer::sum);
            addresses.put(connection.address, connection);
        }
        if (oldest != null) oldest.channel.close();
        return true;
    }

    private boolean isFull(Connection next) {
        return open.size() >= most || peerIsFull(next);
    }

    private boolean peerIsFull(Connection next) {
        int limit = next.isLocal() ? mostOfThisMachine : mostOfPeer;
        return peers.getOrDefault(next.peer, 0) >= limit;
    }

    /** The oldest that nothing is known of, and whose place would do. */
    private Connection stranger(Connection next) {
        boolean samePeer = peerIsFull(next);
        for (Connection each : open) {
            if (!each.isKnown() && (!samePeer || Objects.equals(each.peer, next.peer))) return each;
        }
        return null;
    }

    /** It has ended. */
    synchronized void end(Connection connection) {
        leaving.remove(connection);
        remove(connection);
    }

    private void remove(Connection connection) {
        if (!open.remove(connection)) return;
        addresses.remove(connection.address, connection);
        peers.computeIfPresent(connection.peer, (peer, count) -> count == 1 ? null : count - 1);
    }

    /** The one from there, which is open. */
    synchronized Connection at(SocketAddress address) {
        return addresses.get(address);
    }

    synchronized int size() {
        return open.size();
    }
}
