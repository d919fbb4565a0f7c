package io.partd.flight;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of byte stores, over every other way to a server and every other store behind it. */
@Tag("slow")
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("others")
class FlightPairsContractTest extends FlightContract {}
