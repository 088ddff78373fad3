package jp.genkan.ips.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import java.util.StringJoiner;
import jp.genkan.core.frame.Address;
import jp.genkan.ips.rule.Rule.Expression;
import jp.genkan.ips.rule.RuleException;
import org.junit.jupiter.api.Test;

class VariablesTest {
    private final Variables stock = Variables.stock();

    private AddressSpec addresses(String text) throws RuleException {
        return stock.addresses(new Expression(text, 11));
    }

    private PortSpec ports(String text) throws RuleException {
        return stock.ports(new Expression(text, 11));
    }

    private static String refusal(Variables variables, String addresses) {
        return told(
                catchThrowableOfType(RuleException.class, () -> variables.addresses(new Expression(addresses, 11))));
    }

    private String portRefusal(String text) {
        return told(catchThrowableOfType(RuleException.class, () -> ports(text)));
    }

    private static String told(RuleException why) {
        assertThat(why).isNotNull();
        return why.column() + " " + why.code().code() + " " + why.reason()
                + (why.hint() == null ? "" : " (" + why.hint() + ")");
    }

    private static boolean holds(AddressSpec spec, String address) {
        Address parsed = Address.parse(address);
        return spec.contains(parsed.high(), parsed.low());
    }

    @Test
    void compilesAddressExpressions() throws Exception {
        assertThat(addresses("any").isAny()).isTrue();
        assertThat(addresses("1.2.3.4")).hasToString("[1.2.3.4]");
        assertThat(addresses("[1.2.3.0/24,!1.2.3.4]")).hasToString("[1.2.3.0-1.2.3.3,1.2.3.5-1.2.3.255]");
        assertThat(addresses("[ 1.2.3.4-1.2.3.9 , 1.2.3.10 ]")).hasToString("[1.2.3.4-1.2.3.10]");
        assertThat(addresses("192.168.0.0/255.255.0.0")).hasToString("[192.168.0.0-192.168.255.255]");
        assertThat(addresses("[2001:db8::/32,!2001:db8::1]"))
                .hasToString("[2001:db8::,2001:db8::2-2001:db8:ffff:ffff:ffff:ffff:ffff:ffff]");
        assertThat(addresses("[10.0.0.0/8,![10.1.0.0/16,!10.1.1.1]]"))
                .hasToString("[10.0.0.0-10.0.255.255,10.1.1.1,10.2.0.0-10.255.255.255]");
        assertThat(addresses("[any,!1.2.3.4]")).isEqualTo(addresses("!1.2.3.4"));
        assertThat(addresses("1.2.3.4,1.2.3.5")).hasToString("[1.2.3.4-1.2.3.5]");
    }

    @Test
    void keepsTheFamiliesApart() throws Exception {
        assertThat(holds(addresses("::/0"), "2001:db8::1")).isTrue();
        assertThat(holds(addresses("::/0"), "192.0.2.1")).isFalse();
        assertThat(holds(addresses("!::/0"), "192.0.2.1")).isTrue();
        assertThat(holds(addresses("0.0.0.0/0"), "2001:db8::1")).isFalse();
        assertThat(addresses("[0.0.0.0/0,::/0]").isAny()).isTrue();
        assertThat(holds(addresses("!1.2.3.4"), "2001:db8::1")).isTrue();
    }

    @Test
    void looksVariablesUp() throws Exception {
        assertThat(holds(addresses("$HOME_NET"), "10.9.9.9")).isTrue();
        assertThat(holds(addresses("$EXTERNAL_NET"), "10.9.9.9")).isFalse();
        assertThat(holds(addresses("!$HOME_NET"), "8.8.8.8")).isTrue();
        assertThat(addresses("[$HOME_NET,$EXTERNAL_NET]").isAny()).isTrue();
        assertThat(ports("$FILE_DATA_PORTS")).hasToString("[80,110,143]");
        assertThat(ports("$SHELLCODE_PORTS")).hasToString("[0:79,81:65535]");
        stock.check();
    }

    @Test
    void givesOneObjectForEqualSets() throws Exception {
        assertThat(addresses("[1.2.3.4,1.2.3.5]")).isSameAs(addresses("1.2.3.4/31"));
        assertThat(ports("[80,81]")).isSameAs(ports("80:81"));
    }

    @Test
    void compilesPortExpressions() throws Exception {
        assertThat(ports("any").isAny()).isTrue();
        assertThat(ports("80")).hasToString("[80]");
        assertThat(ports(":1024")).hasToString("[0:1024]");
        assertThat(ports("1024:")).hasToString("[1024:65535]");
        assertThat(ports("[80:90,!85,$SSH_PORTS]")).hasToString("[22,80:84,86:90]");
        assertThat(ports("[1:100,![2:99,!50]]")).hasToString("[1,50,100]");
        assertThat(ports("0:").isAny()).isTrue();
        assertThat(ports("[80,81]").count()).isEqualTo(2);
    }

    @Test
    void refusesAddressesWithTheColumn() {
        assertThat(refusal(stock, "!any")).isEqualTo("11 E004 \"!any\" excludes everything");
        assertThat(refusal(stock, "[!any]")).isEqualTo("12 E004 \"!any\" excludes everything");
        assertThat(refusal(stock, "[1.2.3.4,!1.2.3.0/24]"))
                .isEqualTo("12 E004 nothing is left of \"1.2.3.4,!1.2.3.0/24\" after its negations");
        assertThat(refusal(stock, "[$HOME_NET,$HOMENET]"))
                .isEqualTo("22 E006 unknown variable \"$HOMENET\" ($HOME_NET)");
        assertThat(refusal(stock, "$HTTP_PORTS")).startsWith("11 E006 unknown variable \"$HTTP_PORTS\" (");
        assertThat(refusal(stock, "[1.2.3.4")).isEqualTo("11 E004 \"[\" without its \"]\"");
        assertThat(refusal(stock, "1.2.3.4]")).isEqualTo("18 E004 \"]\" without its \"[\"");
        assertThat(refusal(stock, "[1.2.3.4,,1.2.3.5]")).isEqualTo("20 E004 a term is missing");
        assertThat(refusal(stock, "[]")).isEqualTo("12 E004 a term is missing");
        assertThat(refusal(stock, "[1.2.3.4[1.2.3.5]]")).isEqualTo("19 E004 \",\" was expected");
        assertThat(refusal(stock, "1.2.3.4/33")).isEqualTo("11 E004 the prefix length 33 is not one of 0 to 32");
        assertThat(refusal(stock, "1.2.3.9-1.2.3.4")).contains("ends before it begins");
        assertThat(refusal(stock, "[1.2.3.4,1.2.3]")).startsWith("20 E004 '1.2.3' is not an address");
        assertThat(refusal(stock, "[".repeat(40))).isEqualTo("43 E017 more than 32 brackets within brackets");
    }

    @Test
    void refusesPortsWithTheColumn() {
        assertThat(portRefusal("65536")).isEqualTo("11 E005 \"65536\" is beyond the highest port, 65535");
        assertThat(portRefusal("99999999999999")).contains("is beyond the highest port");
        assertThat(portRefusal("[80,!80]")).contains("E005 nothing is left of");
        assertThat(portRefusal("!any")).isEqualTo("11 E005 \"!any\" excludes everything");
        assertThat(portRefusal("90:80")).isEqualTo("11 E005 the range 90:80 ends before it begins (80:90)");
        assertThat(portRefusal("[80,90-99]"))
                .isEqualTo("15 E005 \"90-99\" is not a port or a range (examples: 80, 1024:, 80:90) (90:99)");
        assertThat(portRefusal(":")).startsWith("11 E005 \":\" is not a port");
        assertThat(portRefusal("$HTTP_PORT")).isEqualTo("11 E006 unknown variable \"$HTTP_PORT\" ($HTTP_PORTS)");
    }

    @Test
    void refusesLoopsOfVariables() {
        Variables loop = Variables.of(Map.of("A", "[1.2.3.4,$B]", "B", "$A"), Map.of());
        assertThat(refusal(loop, "$A")).isEqualTo("11 E004 in $B: the variable \"$A\" is defined by itself");
        assertThatThrownBy(loop::check)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("vars.address-groups.A: ");
    }

    @Test
    void tellsWhichVariableIsBad() {
        Variables bad = Variables.stock().with(Map.of("HOME_NET", "any"), Map.of());
        assertThat(refusal(bad, "$EXTERNAL_NET"))
                .isEqualTo("11 E004 in $EXTERNAL_NET: \"!$HOME_NET\" excludes everything");
        Variables ports = Variables.of(Map.of(), Map.of("P", "[80,99999]"));
        assertThatThrownBy(ports::check)
                .hasMessage("vars.port-groups.P: in $P: \"99999\" is beyond the highest port, 65535");
    }

    @Test
    void takesLongLists() throws Exception {
        StringJoiner list = new StringJoiner(",", "[", "]");
        for (int i = 0; i < 16_000; i++) {
            list.add("10." + (i >> 8) + "." + (i & 255) + ".1");
        }
        assertThat(addresses(list.toString()).size()).isEqualTo(16_000);
        String tooLong = list.toString().replace("]", ",") + "1.1.1.1,".repeat(500) + "1.1.1.1]";
        assertThat(refusal(stock, tooLong)).contains("E017 more than 16384 terms");
    }
}
