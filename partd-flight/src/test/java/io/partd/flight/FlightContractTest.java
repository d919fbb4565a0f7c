package io.partd.flight;

import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of byte stores, over a server with a store of files. */
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("first")
class FlightContractTest extends FlightContract {}
