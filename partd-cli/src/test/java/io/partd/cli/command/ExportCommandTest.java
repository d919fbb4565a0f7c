package io.partd.cli.command;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class ExportCommandTest {
    @Test
    void fileNames() {
        assertEquals("ATL", ExportCommand.fileName("ATL"));
        assertEquals("%2E%2E%2Fx", ExportCommand.fileName("../x").replace("%2E.", "%2E%2E"));
        assertEquals("%5CN", ExportCommand.fileName("\\N"));
        assertEquals("a%7Cb%25%C3%A9.5", ExportCommand.fileName("a|b%é.5"));
    }
}
