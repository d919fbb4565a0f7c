package io.partd.duckdb.engine;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

class ErrorTitleTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Binder Error: ",
                "Out of Memory Error: ",
                "Not implemented Error: ",
                "INTERNAL Error: ",
                "java.sql.SQLException: Invalid Input Error: ",
                "InvalidInputException: Invalid Input Error: ",
                "[errno 5] CDataJniException{errno=5, message=java.sql.SQLException: IO Error: ",
                "[errno -1] CDataJniException{errno=-1, message="
            })
    void whatItIsAboutStays(String title) {
        for (String about : new String[] {"no column \"Error: x\"", "Error when sniffing file", "IO failed: disk"}) {
            assertEquals(about, ErrorTitle.strip(title + about));
        }
    }
}
