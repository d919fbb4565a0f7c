package io.partd.flight;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.flight.testing.Served;
import io.partd.testing.BytesContract;
import io.partd.testing.Persistence;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.provider.Arguments;

/**
 * The contract of byte stores, for a way to a server and a store behind it. {@link FlightContractTest} has one pair of
 * them, {@link FlightPairsContractTest} all others.
 */
abstract class FlightContract extends BytesContract {
    private final Map<Path, PartdServer> servers = new HashMap<>();

    @Parameter(0)
    Served.Way way;

    @Parameter(1)
    Served.Store store;

    static Stream<Arguments> first() {
        return pairs().filter(FlightContract::isFirst);
    }

    static Stream<Arguments> others() {
        return pairs().filter(pair -> !isFirst(pair));
    }

    private static Stream<Arguments> pairs() {
        return Arrays.stream(Served.Way.values())
                .flatMap(way -> Arrays.stream(Served.Store.values()).map(store -> Arguments.of(way, store)));
    }

    private static boolean isFirst(Arguments pair) {
        return pair.get()[0] == Served.Way.TCP && pair.get()[1] == Served.Store.FILE;
    }

    /** Another handle is another client of the same server. */
    @Override
    protected Partd<Bytes> open(Path directory) {
        PartdServer server =
                servers.computeIfAbsent(directory, path -> PartdServer.serve(store.opener.apply(path), way.server()));
        return FlightPartd.connect(server.uri(), way.client());
    }

    @Override
    protected void afterStoresClosed() {
        servers.values().forEach(PartdServer::close);
        servers.clear();
    }

    @Override
    public Persistence persistence() {
        return Persistence.SHARED;
    }

    @Override
    public int rounds() {
        return 12;
    }
}
