/** A key-value byte store whose values grow by appending, its stores and its byte codecs. */
module io.partd {
    exports io.partd;
}
