package io.partd.flight;

import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of byte stores, over every way to a server and over several stores behind it. */
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("first")
class FlightContractTest extends FlightContract {}
