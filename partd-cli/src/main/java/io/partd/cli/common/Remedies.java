package io.partd.cli.common;

import io.partd.duckdb.UnreadableInputException;
import io.partd.text.Text;
import java.util.stream.Collectors;

/** What is wrong with an input, and the options that may help. */
final class Remedies {
    private Remedies() {}

    static String reason(UnreadableInputException e) {
        String options = e.remedies().stream()
                .map(remedy -> option(remedy, e.column().orElse("COLUMN")))
                .collect(Collectors.joining(", "));
        return Text.oneLine(e.problem() + (options.isEmpty() ? "" : " (what may help: " + options + ")"));
    }

    private static String option(UnreadableInputException.Remedy remedy, String column) {
        return switch (remedy) {
            case MEMORY -> "--memory";
            case FORMAT -> "--input-format";
            case DELIMITER -> "--delimiter";
            case HEADER -> "--header, --no-header";
            case ENCODING -> "--encoding latin-1";
            case QUOTE -> "--quote";
            case TYPE -> "--types " + quoted(column + "=VARCHAR");
            case ALL_TEXT -> "--all-text";
            case IGNORE_ERRORS -> "--ignore-errors";
        };
    }

    private static String quoted(String text) {
        return text.matches("[\\w=]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
