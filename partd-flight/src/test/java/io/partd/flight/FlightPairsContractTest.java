package io.partd.flight;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The other pairs of a way to a server and a store behind it: each of both has had the contract already. */
@Tag("slow")
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("others")
class FlightPairsContractTest extends FlightContract {}
