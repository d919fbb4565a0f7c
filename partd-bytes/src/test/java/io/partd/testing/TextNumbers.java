package io.partd.testing;

import io.partd.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Numbers as text, each followed by a semicolon: the values of byte stores. */
final class TextNumbers implements Numbers<Bytes> {
    @Override
    public Bytes write(List<Integer> numbers) {
        return Bytes.utf8(numbers.stream().map(n -> n + ";").collect(Collectors.joining()));
    }

    @Override
    public List<Integer> read(Bytes value) {
        String text = value.toUtf8();
        if (text.isEmpty()) return List.of();
        if (!text.endsWith(";")) throw new AssertionError("cut in the middle: " + text);
        List<Integer> numbers = new ArrayList<>();
        for (int at = 0, end; at < text.length(); at = end + 1) {
            end = text.indexOf(';', at);
            numbers.add(Integer.parseInt(text, at, end, 10));
        }
        return numbers;
    }
}
