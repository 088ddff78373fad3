package jp.genkan.protocols.tls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FingerprintsTest {
    private static ClientHello hello(int[] ciphers, String extensions) {
        StringBuilder body =
                new StringBuilder("\u0003\u0003" + "r".repeat(32) + "\0" + Flights.u16(ciphers.length * 2));
        for (int cipher : ciphers) {
            body.append(Flights.u16(cipher));
        }
        body.append("\u0001\0").append(Flights.u16(extensions.length())).append(extensions);
        byte[] octets = Flights.octets(body.toString());
        return ClientHello.read(octets, 0, octets.length);
    }

    private static String list(int... values) {
        StringBuilder out = new StringBuilder();
        for (int value : values) {
            out.append(Flights.u16(value));
        }
        return out.toString();
    }

    /** The example of JA4's description: ciphers, extensions and signature algorithms of a browser, in another order. */
    @Test
    void makesJa4OfItsPublishedExample() {
        int[] ciphers = {
            0x0a0a, 0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc013, 0xc014, 0x009c,
            0x009d, 0x002f, 0x0035
        };
        String algorithms = list(0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601);
        StringBuilder extensions = new StringBuilder();
        extensions.append(TlsParserTest.extension(0x1a1a, ""));
        extensions.append(TlsParserTest.extension(0, "\0\u0004\0\0\u0001a"));
        extensions.append(TlsParserTest.extension(16, "\0\u0003\u0002h2"));
        extensions.append(TlsParserTest.extension(13, Flights.u16(algorithms.length()) + algorithms));
        extensions.append(TlsParserTest.extension(43, "\u0006" + list(0x7a7a, 0x0304, 0x0303)));
        for (int type : new int[] {0x1b, 0x33, 0x4469, 0x17, 0x2d, 0x05, 0x23, 0x12, 0x0b, 0x0a, 0xff01, 0x15}) {
            extensions.append(TlsParserTest.extension(type, ""));
        }
        assertThat(hello(ciphers, extensions.toString()).ja4()).isEqualTo("t13d1516h2_8daaf6152771_e5627efa2ab1");
    }

    @Test
    void makesJa3WithoutGrease() {
        String extensions = TlsParserTest.extension(0x0a0a, "")
                + TlsParserTest.extension(10, "\0\u0006" + list(0x2a2a, 29, 23))
                + TlsParserTest.extension(11, "\u0001\0");
        ClientHello hello = hello(new int[] {0x0a0a, 0x1301, 0xc02f}, extensions);
        assertThat(hello.ja3()).isEqualTo("771,4865-49199,10-11,29-23,0");
        assertThat(Fingerprints.md5(hello.ja3())).hasSize(32);
    }

    @Test
    void marksHelloWithoutAnything() {
        assertThat(hello(new int[0], "").ja4()).isEqualTo("t12i000000_000000000000_000000000000");
        assertThat(hello(new int[0], "").ja3()).isEqualTo("771,,,,");
    }

    @Test
    void showsApplicationProtocolsThatAreNoText() {
        String odd = TlsParserTest.extension(16, "\0\u0003\u0002\u00ab\u00cd");
        assertThat(hello(new int[0], odd).ja4()).startsWith("t12i0001ad_");
    }
}
