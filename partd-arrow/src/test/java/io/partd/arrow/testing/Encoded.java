package io.partd.arrow.testing;

import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/** A column in physical form: what one field node of a record batch and its buffers say. */
public record Encoded(Field field, int rows, int nulls, List<byte[]> buffers, List<Encoded> children) {}
