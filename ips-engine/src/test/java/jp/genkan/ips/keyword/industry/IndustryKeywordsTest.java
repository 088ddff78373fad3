package jp.genkan.ips.keyword.industry;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.signature.Scene;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which options of plants', VPN's and databases' protocols are taken. What they match is held against captures by the conformance tools. */
class IndustryKeywordsTest {
    private final Scene scene = new Scene();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "modbus:function 21;",
                "modbus:function 4, subfunction 4;",
                "modbus:function !reserved;",
                "modbus:unit 10;",
                "modbus:unit 10<>20, function 3;",
                "modbus:access read;",
                "modbus:access read discretes, address <100;",
                "modbus:access write holding, address 500, value >200;",
                "modbus:unit >5, access write coils, address 1<>4;",
                "dnp3_func:read;",
                "dnp3_func:129;",
                "dnp3_ind:class_1_events,class_2_events;",
                "dnp3_obj:60,2;",
                "dnp3_data; content:\"|c3 06|\";",
                "ike.init_spi; content:\"18fe\";",
                "ike.chosen_sa_attribute:alg_hash=2;",
                "ike.vendor:4a131c81070358455c5728f20e95452f;",
                "ike.vendor; content:\"4a13\";",
                "ike.exchtype:>=2;",
                "ike.nonce_payload_length:>132;",
                "pgsql.query; content:\"select\";",
            })
    void takesWhatSuricataDocuments(String options) {
        assertThatCode(() -> scene.rule(options)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "modbus:function 0;",
                "modbus:function 256;",
                "modbus:function strange;",
                "modbus:access write input;",
                "modbus:access read coils, address 1, value 2;",
                "modbus:access write coils, address <9, value 2;",
                "modbus:access write coils, address 1, value 2, more;",
                "modbus:unit 70000;",
                "modbus:colour 3;",
                "dnp3_ind:no_such;",
                "dnp3_obj:60;",
                "dnp3_obj:60,256;",
                "ike.chosen_sa_attribute:colour=2;",
                "ike.chosen_sa_attribute:alg_hash;",
            })
    void refusesWhatMakesNoSense(String options) {
        assertThatThrownBy(() -> scene.rule(options)).isInstanceOf(RuleException.class);
    }
}
