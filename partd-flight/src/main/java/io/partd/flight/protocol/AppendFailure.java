package io.partd.flight.protocol;

/** An append that failed after its bytes were handed to the store, and what is known of it. */
public final class AppendFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Told told;

    /** What a server tells of a change that failed. */
    public enum Told {
        /** It was not made. */
        NOTHING("nothing"),
        /** It was made, and something failed after that. */
        MADE("made"),
        /** It may have been made. */
        UNKNOWN("unknown"),
        /** The server tells nothing about it. */
        UNSAID("");

        final String word;

        Told(String word) {
            this.word = word;
        }

        static Told of(String word) {
            for (Told told : values()) if (told.word.equals(word)) return told;
            return UNKNOWN;
        }
    }

    public AppendFailure(Told told, Throwable cause) {
        super(cause.getMessage(), cause);
        this.told = told;
    }

    public Told told() {
        return told;
    }
}
