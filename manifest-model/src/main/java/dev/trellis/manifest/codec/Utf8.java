package dev.trellis.manifest.codec;

import dev.trellis.manifest.check.Rule;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Turns bytes into text, strictly. */
final class Utf8 {

    private static final String MARK = "\uFEFF";

    private Utf8() {}

    /** The text without a byte order mark; line and column of whatever is no text. */
    static String text(byte[] document) throws Unreadable {
        var in = ByteBuffer.wrap(document);
        var out = CharBuffer.allocate(document.length);
        var result =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)
                        .decode(in, out, true);
        var text = out.flip().toString();
        if (result.isError()) {
            throw new Unreadable(
                    "",
                    Texts.place(text, text.length()),
                    Rule.SYNTAX,
                    "the byte 0x%02X is not UTF-8 here; save the document as UTF-8"
                            .formatted(document[in.position()] & 0xFF));
        }
        int nul = text.indexOf('\0');
        if (nul >= 0) {
            throw new Unreadable(
                    "",
                    Texts.place(text, nul),
                    Rule.SYNTAX,
                    "the document holds a NUL character; remove it, or save it as UTF-8");
        }
        return text.startsWith(MARK) ? text.substring(1) : text;
    }
}
