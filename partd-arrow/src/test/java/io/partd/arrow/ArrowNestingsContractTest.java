package io.partd.arrow;

import io.partd.arrow.testing.ArrowContract;
import io.partd.testing.Nesting;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract for tables over every store and every nesting. */
@Tag("once")
@ParameterizedClass(name = "{0}")
@MethodSource("tables")
class ArrowNestingsContractTest extends ArrowContract {

    static Stream<Tables> tables() {
        return Nesting.tested().map(below -> new Tables(below, ArrowOptions.defaults()));
    }
}
