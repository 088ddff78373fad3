package jp.genkan.protocols.quic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class InitialProtectionTest {
    private static final byte[] ID = HexFormat.of().parseHex("8394c8f03e515708"); // of both RFCs' examples

    /** RFC 9001 §A.3: the server's Initial packet. */
    private static final String SERVER_INITIAL =
            "cf000000010008f067a5502a4262b5004075c0d95a482cd0991cd25b0aac406a5816b6394100f37a1c"
                    + "69797554780bb38cc5a99f5ede4cf73c3ec2493a1839b3dbcba3f6ea46c5b7684df3548e7ddeb9c3bf9c73cc3f3bded74b562bfb19fb84022f"
                    + "8ef4cdd93795d77d06edbb7aaf2f58891850abbdca3d20398c276456cbc42158407dd074ee";

    private static void assertKeys(QuicVersion version, String sender, String key, String iv, String headerKey) {
        InitialProtection.Keys keys = InitialProtection.ofThread().keys(version, ID, sender);
        assertThat(keys.key().getEncoded()).asHexString().isEqualToIgnoringCase(key);
        assertThat(keys.nonce()).asHexString().isEqualToIgnoringCase(iv);
        assertThat(keys.headerKey().getEncoded()).asHexString().isEqualToIgnoringCase(headerKey);
    }

    @Test
    void makesTheKeysOfRfc9001() {
        assertKeys(
                QuicVersion.V1,
                "client",
                "1f369613dd76d5467730efcbe3b1a22d",
                "fa044b2f42a3fd3b46fb255c",
                "9f50449e04a0e810283a1e9933adedd2");
        assertKeys(
                QuicVersion.V1,
                "server",
                "cf3a5331653c364c88f0f379b6067e37",
                "0ac1493ca1905853b0bba03e",
                "c206b8d9b9f0f37644430b490eeaa314");
    }

    @Test
    void makesTheKeysOfRfc9369() {
        assertKeys(
                QuicVersion.V2,
                "client",
                "8b1a0bc121284290a29e0971b5cd045d",
                "91f73e2351d8fa91660e909f",
                "45b95e15235d6f45a6b19cbcb0294ba9");
        assertKeys(
                QuicVersion.V2,
                "server",
                "82db637861d55e1d011f19ea71d5d2a7",
                "dd13c276499c0249d3310652",
                "edf6d05c83121201b436e16877593c3a");
    }

    @Test
    void opensTheServersPacketOfRfc9001() {
        byte[] packet = HexFormat.of().parseHex(SERVER_INITIAL);
        LongHeader header = Objects.requireNonNull(LongHeader.read(packet, 0, packet.length));
        InitialProtection protection = InitialProtection.ofThread();
        InitialProtection.Keys keys = protection.keys(QuicVersion.V1, ID, "server");
        int length = protection.open(keys, packet, 0, header.numberAt(), header.end());
        assertThat(length).isEqualTo(99);
        assertThat(Arrays.copyOf(protection.plain(), 10)).asHexString().isEqualToIgnoringCase("02000000000600405a02");
    }

    @Test
    void refusesChangedAndTruncatedPackets() {
        byte[] packet = HexFormat.of().parseHex(SERVER_INITIAL);
        InitialProtection protection = InitialProtection.ofThread();
        InitialProtection.Keys keys = protection.keys(QuicVersion.V1, ID, "server");
        for (int i = 0; i < packet.length; i++) {
            byte[] changed = packet.clone();
            changed[i] ^= 1;
            LongHeader header = LongHeader.read(changed, 0, changed.length);
            if (header != null && header.numberAt() > 0) {
                assertThat(protection.open(keys, changed, 0, header.numberAt(), header.end()))
                        .isEqualTo(-1);
            }
            assertThat(LongHeader.read(packet, 0, i))
                    .satisfiesAnyOf(
                            read -> assertThat(read).isNull(),
                            read -> assertThat(read.numberAt()).isEqualTo(-1));
        }
    }
}
