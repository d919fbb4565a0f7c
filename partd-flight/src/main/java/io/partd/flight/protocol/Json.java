package io.partd.flight.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.partd.flight.wire.WireLimits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** Commands and answers as JSON, checked as strictly as what anybody may send has to be. */
public final class Json {
    /** A get of 100,000 keys has as many; of a short one, the tree takes 20 times the text. */
    private static final int MOST_TOKENS = 250_000;

    /** The longest key, should each byte of it be escaped. */
    private static final int LONGEST_TEXT = 6 * 65_535;

    private static final int LONGEST_NAME = 1000;
    private static final int LONGEST_NUMBER = 1000;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(16)
                            .maxDocumentLength(WireLimits.LARGEST_COMMAND)
                            .maxTokenCount(MOST_TOKENS)
                            .maxStringLength(LONGEST_TEXT)
                            .maxNameLength(LONGEST_NAME)
                            .maxNumberLength(LONGEST_NUMBER)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    public static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("JSON that cannot be written: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * Reads an object that has no fields but these.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static ObjectNode read(byte[] text, String what, Set<String> fields) {
        return requireObject(read(text, what), what, fields);
    }

    private static JsonNode read(byte[] text, String what) {
        try {
            return MAPPER.readTree(text);
        } catch (StreamConstraintsException e) {
            throw new IllegalArgumentException(what + " is too much at once: " + e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            // The message of the parser may repeat what it read.
            throw new IllegalArgumentException(
                    what + " is not JSON, from byte " + e.getLocation().getByteOffset() + " on");
        } catch (IOException e) {
            throw new IllegalArgumentException(what + " is not JSON: " + e.getMessage(), e);
        }
    }

    static ObjectNode requireObject(JsonNode node, String what, Set<String> fields) {
        if (!(node instanceof ObjectNode object)) throw new IllegalArgumentException(what + " is not a JSON object");
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!fields.contains(name)) {
                throw new IllegalArgumentException(what + " has the field " + preview(name) + ": use " + fields);
            }
        }
        return object;
    }

    /** A whole number of at least 0. */
    public static long number(ObjectNode object, String field) {
        JsonNode node = object.get(field);
        if (node == null || !node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
            throw new IllegalArgumentException("\"" + field + "\" is not a whole number from 0 to 2^63 - 1");
        }
        return node.longValue();
    }

    public static String text(ObjectNode object, String field) {
        JsonNode node = object.get(field);
        if (node == null || !node.isTextual()) throw new IllegalArgumentException("\"" + field + "\" is not a text");
        return node.textValue();
    }

    public static List<String> texts(ObjectNode object, String field) {
        return texts(object.get(field), "\"" + field + "\"");
    }

    /** Reads a list of texts. */
    public static List<String> texts(byte[] text, String what) {
        return texts(read(text, what), what);
    }

    private static List<String> texts(JsonNode node, String what) {
        if (node == null || !node.isArray()) throw new IllegalArgumentException(what + " is not a list");
        List<String> texts = new ArrayList<>(node.size());
        for (JsonNode each : node) {
            if (!each.isTextual()) throw new IllegalArgumentException(what + " has what is not a text");
            texts.add(each.textValue());
        }
        return texts;
    }

    private static String preview(String name) {
        return "\"" + (name.length() > 40 ? name.substring(0, 40) + "..." : name) + "\"";
    }
}
