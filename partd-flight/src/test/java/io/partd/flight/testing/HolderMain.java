package io.partd.flight.testing;

import io.partd.Bytes;
import io.partd.flight.FlightPartd;
import java.io.UncheckedIOException;
import java.net.URI;

/** Takes the lock of a served store, and appends to it when it is told to: {@code <uri>}. */
public final class HolderMain {
    private HolderMain() {}

    public static void main(String[] args) throws Exception {
        try (FlightPartd store = FlightPartd.connect(URI.create(args[0]))) {
            store.lock().lock();
            System.out.println(args[0]);
            System.in.read();
            try {
                store.append("holder", Bytes.utf8("x"));
                System.out.println("appended");
            } catch (UncheckedIOException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
