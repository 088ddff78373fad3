package jp.genkan.protocols.ike;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Datagrams;
import jp.genkan.protocols.conversation.FixedOpening;
import jp.genkan.protocols.conversation.Recognition;
import jp.genkan.protocols.conversation.RecordingConversation;
import org.junit.jupiter.api.Test;

class IkeParserTest {
    private static String payload(int next, String body) {
        int length = body.length() + 4;
        return "" + (char) next + '\0' + (char) (length >>> 8) + (char) (length & 0xff) + body;
    }

    private static byte[] message(int responder, int first, int version, int exchange, int flags, String payloads) {
        ByteBuffer made = ByteBuffer.allocate(28 + payloads.length());
        made.putLong(0x0102030405060708L).putLong(responder);
        made.put((byte) first).put((byte) version).put((byte) exchange).put((byte) flags);
        made.putInt(0).putInt(made.capacity());
        made.put(payloads.getBytes(StandardCharsets.ISO_8859_1));
        return made.array();
    }

    private static String transform1(int next, int number) {
        return payload(
                next,
                (char) number + "\1\0\0" + "\u0080\1\0\7" + "\u0080\2\0\2" + "\u0080\4\0\2" + "\0\14\0\4\0\1\121\200");
    }

    private static String association1(String... transforms) {
        String proposal = payload(0, "\1\1\0" + (char) transforms.length + String.join("", transforms));
        return "\0\0\0\1\0\0\0\1" + proposal;
    }

    private static String transform2(int next, int type, int id) {
        return payload(next, (char) type + "\0" + (char) (id >>> 8) + (char) (id & 0xff));
    }

    private static final byte[] MAIN_MODE = message(
            0, 1, 0x10, 2, 0, payload(13, association1(transform1(3, 1), transform1(0, 2))) + payload(0, "vendor"));
    private static final byte[] MAIN_MODE_ANSWER = message(
            9, 1, 0x10, 2, 0, payload(4, association1(transform1(0, 1))) + payload(10, "KEY") + payload(0, "N"));
    private static final byte[] SA_INIT = message(
            0,
            40,
            0x20,
            34,
            8,
            payload(33, "nonce")
                    + payload(
                            41,
                            payload(0, "\1\1\0\3" + transform2(3, 1, 3) + transform2(3, 2, 5) + transform2(0, 4, 2)))
                    + payload(0, "\0\0\0\16"));

    @Test
    void tellsVersion1WithWhatBothSidesHaveSaid() {
        RecordingConversation conversation = new RecordingConversation();
        IkeParser parser = new IkeParser();
        parser.onDatagram(Direction.TO_SERVER, MAIN_MODE, 0, MAIN_MODE.length, conversation);
        parser.onDatagram(Direction.TO_CLIENT, MAIN_MODE_ANSWER, 0, MAIN_MODE_ANSWER.length, conversation);
        assertThat(conversation.anomalies).isEmpty();
        assertThat(conversation.events().get(0))
                .contains(
                        "\"ike\":{\"version_major\":1,\"version_minor\":0,\"init_spi\":\"0102030405060708\",\"resp_spi\":\"0000000000000000\"",
                        "\"exchange_type\":2,\"exchange_type_verbose\":\"Identity Protection\"",
                        "\"payload\":[\"SecurityAssociation\",\"Proposal\",\"Transform\",\"VendorID\"]",
                        "\"proposals\":[{\"alg_enc\":\"EncAesCbc\",\"alg_enc_raw\":7,\"alg_hash\":\"HashSha\",\"alg_hash_raw\":2",
                        "\"sa_life_duration_raw\":86400}",
                        "\"vendor_ids\":[\"76656e646f72\"]");
        assertThat(conversation.events().get(1))
                .contains(
                        "\"alg_enc\":\"EncAesCbc\",\"alg_enc_raw\":7",
                        "\"doi\":1,\"encrypted_payloads\":false",
                        "\"server\":{\"key_exchange_payload\":\"4b4559\",\"key_exchange_payload_length\":3,\"nonce_payload\":\"4e\"");
        IkeTransaction answer = (IkeTransaction) conversation.transactions.get(1);
        assertThat(answer.chosenAttribute(4)).isEqualTo(2);
        assertThat(answer.chosenAttribute(14)).isEqualTo(-1);
    }

    @Test
    void namesSeveralChosenProposalsAndWhatStandsBehindThePayloads() {
        byte[] two = message(9, 1, 0x10, 2, 0, payload(0, association1(transform1(3, 1), transform1(0, 2))) + "rest");
        assertThat(Datagrams.play(new IkeParser(), Direction.TO_CLIENT, two).anomalies)
                .containsExactlyInAnyOrder("multiple_server_proposal", "payload_extra_data");
    }

    @Test
    void tellsVersion2AndJudgesItsProposals() {
        RecordingConversation seen = Datagrams.play(new IkeParser(), Direction.TO_SERVER, SA_INIT);
        assertThat(seen.anomalies).containsExactlyInAnyOrder("weak_crypto_enc", "weak_crypto_dh", "weak_crypto_noauth");
        assertThat(seen.events())
                .singleElement()
                .asString()
                .contains(
                        "\"role\":\"initiator\",\"payload\":[\"Nonce\",\"SecurityAssociation\",\"Notify\",\"NoNextPayload\"]",
                        "\"ikev2\":{\"errors\":1,\"notify\":[\"NO_PROPOSAL_CHOSEN\"]}");
        byte[] answer = SA_INIT.clone();
        answer[19] = 0x20;
        RecordingConversation answered = Datagrams.play(new IkeParser(), Direction.TO_CLIENT, answer);
        assertThat(answered.events())
                .singleElement()
                .asString()
                .contains("\"role\":\"responder\",\"alg_enc\":\"ENCR_3DES\",\"alg_prf\":\"PRF_HMAC_SHA2_256\"");
        assertThat(((IkeTransaction) answered.transactions.getFirst()).chosenAttribute(1))
                .isEqualTo(3);
    }

    @Test
    void takesEveryCutAndNamesWhatDoesNotFit() {
        for (byte[] whole : new byte[][] {MAIN_MODE, MAIN_MODE_ANSWER, SA_INIT}) {
            Datagrams.playEveryCut(IkeParser::new, Direction.TO_SERVER, whole);
            for (int length = 28; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                ByteBuffer.wrap(cut).putInt(24, length);
                Datagrams.play(new IkeParser(), Direction.TO_SERVER, cut).events();
            }
            byte[] cut = Arrays.copyOf(whole, whole.length - 1);
            ByteBuffer.wrap(cut).putInt(24, cut.length);
            assertThat(Datagrams.play(new IkeParser(), Direction.TO_SERVER, cut).anomalies)
                    .contains("malformed_data");
        }
    }

    @Test
    void knowsItsHeaderAlsoBehindTheMarkOfPort4500() {
        byte[] marked = new byte[SA_INIT.length + 4];
        System.arraycopy(SA_INIT, 0, marked, 4, SA_INIT.length);
        assertThat(IkeParser.recogniser().recognise(new FixedOpening(Direction.TO_SERVER, SA_INIT, 500)))
                .isEqualTo(Recognition.YES);
        assertThat(IkeParser.recogniser().recognise(new FixedOpening(Direction.TO_SERVER, marked, 4500)))
                .isEqualTo(Recognition.YES);
        assertThat(IkeParser.recogniser()
                        .recognise(new FixedOpening(Direction.TO_SERVER, Arrays.copyOf(SA_INIT, 40), 500)))
                .isEqualTo(Recognition.NO);
    }
}
