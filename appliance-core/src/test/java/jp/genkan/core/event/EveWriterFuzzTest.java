package jp.genkan.core.event;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import jp.genkan.core.frame.Address;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever texts and numbers an event holds, its line is one line of JSON that gives them back. */
class EveWriterFuzzTest {
    private record Hostile(FlowIdentity identity, long epochNanos, String text) implements Event {
        @Override
        public String type() {
            return text;
        }

        @Override
        public void writeTo(EveFields out) {
            out.put("text", text).put(text, epochNanos).array("list").add(text).end();
        }
    }

    static Stream<Arguments> seeds() {
        byte[] surrogates = {
            0, 1, (byte) 0xd8, 0, 0, '"', (byte) 0xdc, 0, (byte) 0xd8, 0x3c, (byte) 0xdf, (byte) 0xe0, 0, '\n'
        };
        return Stream.of(
                        new byte[0], "plain \\ \"text\"".getBytes(StandardCharsets.UTF_16BE), surrogates, new byte[200])
                .map(bytes -> Arguments.of((Object) bytes));
    }

    @MethodSource("seeds")
    @FuzzTest
    void writesJsonThatAParserReads(byte[] bytes) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        long number = in.remaining() >= 8 ? in.getLong() : 42;
        int small = in.remaining() >= 4 ? in.getInt() : -1;
        char[] chars = new char[in.remaining() / 2];
        in.asCharBuffer().get(chars);
        String text = new String(chars);
        FlowIdentity identity = new FlowIdentity(
                number,
                new Address(number, small),
                small,
                new Address(small, number),
                small,
                small & 0xff,
                number,
                small & 3,
                number,
                small,
                number,
                small);
        EveWriter writer = new EveWriter(ZoneOffset.UTC);
        int length = writer.write(new Hostile(identity, number, text));
        String expected = wellFormed(text);
        if (!expected.equals(read(writer.bytes(), length))) {
            throw new AssertionError("the text came back changed");
        }
    }

    private static @Nullable String read(byte[] line, int length) throws IOException {
        for (int i = 0; i < length - 1; i++) {
            if (line[i] == '\n') {
                throw new AssertionError("a line feed within the line");
            }
        }
        String text = null;
        try (JsonParser parser = new JsonFactory().createParser(line, 0, length)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING && "text".equals(parser.currentName()) && text == null) {
                    text = parser.getText();
                }
            }
        }
        return text;
    }

    /** The text with U+FFFD for each lone surrogate. */
    private static String wellFormed(String text) {
        StringBuilder formed = new StringBuilder();
        text.codePoints().forEach(point -> formed.appendCodePoint(point >= 0xd800 && point < 0xe000 ? 0xfffd : point));
        return formed.toString();
    }
}
