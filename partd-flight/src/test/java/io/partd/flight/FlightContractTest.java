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
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of byte stores, over every way to a server and over several stores behind it. */
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("all")
class FlightContractTest extends BytesContract {
    private final Map<Path, PartdServer> servers = new HashMap<>();

    @Parameter(0)
    Served.Way way;

    @Parameter(1)
    Served.Store store;

    static Stream<Arguments> all() {
        return Arrays.stream(Served.Way.values())
                .flatMap(way -> Arrays.stream(Served.Store.values()).map(store -> Arguments.of(way, store)));
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
