package jp.genkan.ips.dataset;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import jp.genkan.core.frame.Address;
import org.jspecify.annotations.Nullable;

/** What members of a set are, and how files write them. */
public enum MemberType {
    /** Any octets; in base64 in files. */
    STRING("string", 0),
    /** 16 octets, in hexadecimal in files. */
    MD5("md5", 16),
    /** 32 octets, in hexadecimal in files. */
    SHA256("sha256", 32),
    /** 4 octets, as a dotted quad in files. */
    IPV4("ipv4", 4),
    /** 4 or 16 octets; an IPv4 address may also be written as {@code ::ffff:a.b.c.d}. */
    IP("ip", 0);

    private static final int V4_OCTETS = 4;
    private static final int V6_OCTETS = 16;

    private final String word;
    private final int octets;

    MemberType(String word, int octets) {
        this.word = word;
        this.octets = octets;
    }

    /** As rules spell it. */
    public String word() {
        return word;
    }

    /** The type of this name; null when there is none. */
    public static @Nullable MemberType of(String word) {
        for (MemberType type : values()) {
            if (type.word.equals(word)) {
                return type;
            }
        }
        return null;
    }

    /** Can so many octets be a member? */
    boolean fits(int length) {
        return switch (this) {
            case STRING -> length > 0;
            case IP -> length == V4_OCTETS || length == V6_OCTETS;
            case MD5, SHA256, IPV4 -> length == octets;
        };
    }

    /**
     * Reads a member as lines of files write it.
     *
     * @throws IllegalArgumentException when it is none
     */
    byte[] parse(String text) {
        return this == STRING ? Base64.getDecoder().decode(text) : parsePlain(text);
    }

    /**
     * Reads a member as JSON writes it: a string as itself.
     *
     * @throws IllegalArgumentException when it is none
     */
    byte[] parsePlain(String text) {
        byte[] read = switch (this) {
            case STRING -> text.getBytes(StandardCharsets.UTF_8);
            case MD5, SHA256 -> HexFormat.of().parseHex(text.toLowerCase(Locale.ROOT));
            case IPV4, IP -> Address.parse(text).toBytes();
        };
        if (!fits(read.length)) {
            throw new IllegalArgumentException("\"" + text + "\" is no " + word);
        }
        return read;
    }

    /** Writes a member as lines of files do. */
    String write(byte[] member) {
        return switch (this) {
            case STRING -> Base64.getEncoder().encodeToString(member);
            case MD5, SHA256 -> HexFormat.of().formatHex(member);
            case IPV4, IP -> Address.ofBytes(member).toString();
        };
    }
}
