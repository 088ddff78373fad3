package jp.genkan.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import jp.genkan.core.frame.Address;
import org.junit.jupiter.api.Test;

class CommunityIdTest {
    private static FlowIdentity tcp(String source, int sourcePort, String destination, int destinationPort) {
        return new FlowIdentity(
                1, Address.parse(source), sourcePort, Address.parse(destination), destinationPort, 6, 0, 0, 0, 0, 0);
    }

    @Test
    void isTheOneThatTheSpecificationGives() {
        FlowIdentity flow = tcp("128.232.110.120", 34_855, "66.35.250.204", 80);
        assertThat(CommunityId.of(flow, 0)).isEqualTo("1:LQU9qZlK+B5F3KDmev6m5PMibrg=");
    }

    @Test
    void isTheSameFromBothEndsAndDiffersBySeed() {
        FlowIdentity flow = tcp("192.0.2.1", 5_000, "2001:db8::1", 80);
        assertThat(CommunityId.of(flow.reversed(), 0)).isEqualTo(CommunityId.of(flow, 0));
        assertThat(CommunityId.of(flow, 1)).isNotEqualTo(CommunityId.of(flow, 0));
    }
}
