package jp.genkan.ips.keyword.mqtt;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Progress;
import jp.genkan.ips.keyword.field.FlagsTest;
import jp.genkan.ips.keyword.field.NumbersTest;
import jp.genkan.ips.keyword.field.TransactionFields;
import jp.genkan.ips.match.Buffer.Ways;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.BufferTable;
import jp.genkan.ips.signature.Family;
import jp.genkan.ips.signature.KeywordTable;
import jp.genkan.ips.signature.SignatureBuilder;
import jp.genkan.protocols.mqtt.MqttContent;
import jp.genkan.protocols.mqtt.MqttMessage;
import jp.genkan.protocols.mqtt.MqttTransaction;

/**
 * Keywords of MQTT. Numbers are those of any packet of an exchange; buffers those of the packets that went the way that is looked at.
 *
 * <p>Thread rule: stateless.
 */
public final class MqttKeywords implements Family {
    private static final Map<String, Long> TYPES = types();

    /** Flags of the first octet. */
    private static final Map<String, Long> FLAGS = Map.of("dup", 0x08L, "retain", 0x01L);

    private static final Map<String, Long> CONNECT_FLAGS =
            Map.of("username", 0x80L, "password", 0x40L, "will_retain", 0x20L, "will", 0x04L, "clean_session", 0x02L);

    private static Map<String, Long> types() {
        Map<String, Long> types = new HashMap<>();
        for (int type = 0; type < MqttMessage.TYPES; type++) {
            types.put(MqttMessage.typeName(type).toLowerCase(Locale.ROOT), (long) type);
        }
        return types;
    }

    @Override
    public void register(KeywordTable keywords, BufferTable buffers) {
        TransactionFields<MqttTransaction> mqtt =
                new TransactionFields<>(MqttTransaction.class, Set.of(AppProtocol.MQTT), keywords, buffers);
        numbers(mqtt, "mqtt.type", MqttMessage::type, TYPES);
        numbers(mqtt, "mqtt.qos", MqttMessage::qos, Map.of());
        numbers(mqtt, "mqtt.protocol_version", MqttMessage::protocolVersion, Map.of());
        lists(mqtt, "mqtt.reason_code", MqttKeywords::reasonCodes, Map.of());
        mqtt.testedSided(Ways.BOTH, Progress.COMPLETE, MqttKeywords::flags, "mqtt.flags");
        mqtt.testedSided(Ways.BOTH, Progress.COMPLETE, MqttKeywords::connectFlags, "mqtt.connect.flags");
        mqtt.testedSided(Ways.BOTH, Progress.COMPLETE, MqttKeywords::sessionPresent, "mqtt.connack.session_present");
        registerBuffers(mqtt);
    }

    private static void registerBuffers(TransactionFields<MqttTransaction> mqtt) {
        connect(mqtt, "mqtt.connect.protocol_string", MqttContent.Part.PROTOCOL);
        connect(mqtt, "mqtt.connect.clientid", MqttContent.Part.CLIENT_ID);
        connect(mqtt, "mqtt.connect.willtopic", MqttContent.Part.WILL_TOPIC);
        connect(mqtt, "mqtt.connect.willmessage", MqttContent.Part.WILL_MESSAGE);
        connect(mqtt, "mqtt.connect.username", MqttContent.Part.USERNAME);
        connect(mqtt, "mqtt.connect.password", MqttContent.Part.PASSWORD);
        mqtt.sided(
                Ways.BOTH,
                Progress.COMPLETE,
                (exchange, toServer, out) -> of(exchange, toServer)
                        .forEach(message -> out.add(message.content().topic())),
                "mqtt.publish.topic");
        mqtt.sided(
                Ways.BOTH,
                Progress.COMPLETE,
                (exchange, toServer, out) -> of(exchange, toServer)
                        .forEach(message -> out.add(message.content().message())),
                "mqtt.publish.message");
        topics(mqtt, "mqtt.subscribe.topic", "subscribe");
        topics(mqtt, "mqtt.unsubscribe.topic", "unsubscribe");
    }

    private static List<MqttMessage> of(MqttTransaction exchange, boolean toServer) {
        return exchange.messages().stream()
                .filter(message -> message.direction().isToServer() == toServer)
                .toList();
    }

    private static void connect(TransactionFields<MqttTransaction> mqtt, String keyword, MqttContent.Part part) {
        mqtt.sided(
                Ways.TO_SERVER,
                Progress.COMPLETE,
                (exchange, toServer, out) -> of(exchange, toServer)
                        .forEach(message -> out.add(message.content().connect(part))),
                keyword);
    }

    private static void topics(TransactionFields<MqttTransaction> mqtt, String keyword, String type) {
        mqtt.many(
                Ways.TO_SERVER,
                Progress.COMPLETE,
                (exchange, toServer, out) -> {
                    for (MqttMessage message : of(exchange, toServer)) {
                        if (message.typeName().equals(type)) {
                            message.content().topics().forEach(out::add);
                        }
                    }
                },
                keyword);
    }

    private static void numbers(
            TransactionFields<MqttTransaction> mqtt,
            String keyword,
            ToLongFunction<MqttMessage> field,
            Map<String, Long> names) {
        lists(mqtt, keyword, message -> new long[] {field.applyAsLong(message)}, names);
    }

    /**
     * An exchange goes both ways, and a rule is held against each: it shall match once. What any packet may have is asked the way of the first packet that has
     * it; a place in the list is asked of all packets.
     */
    private static void lists(
            TransactionFields<MqttTransaction> mqtt,
            String keyword,
            Function<MqttMessage, long[]> field,
            Map<String, Long> names) {
        mqtt.testedSided(
                Ways.BOTH,
                Progress.COMPLETE,
                (option, rule) -> {
                    NumbersTest test = NumbersTest.parse(option.unquoted(), names, option);
                    if (test.which() == NumbersTest.Which.ANY) {
                        return first(message -> test.test(field.apply(message)));
                    }
                    return (exchange, toServer) -> test.test(exchange.messages().stream()
                            .map(field)
                            .flatMapToLong(Arrays::stream)
                            .toArray());
                },
                keyword);
    }

    private static BiPredicate<MqttTransaction, Boolean> first(Predicate<MqttMessage> test) {
        return (exchange, toServer) -> exchange.messages().stream()
                .filter(test)
                .findFirst()
                .filter(message -> message.direction().isToServer() == toServer)
                .isPresent();
    }

    private static long[] reasonCodes(MqttMessage message) {
        return message.content().reasonCodes().stream()
                .mapToLong(Integer::longValue)
                .toArray();
    }

    private static BiPredicate<MqttTransaction, Boolean> flags(RuleOption option, SignatureBuilder rule)
            throws RuleException {
        FlagsTest test = FlagsTest.parse(option, FLAGS);
        return first(message -> test.test(message.firstOctet() & 0x0f));
    }

    private static BiPredicate<MqttTransaction, Boolean> connectFlags(RuleOption option, SignatureBuilder rule)
            throws RuleException {
        FlagsTest test = FlagsTest.parse(option, CONNECT_FLAGS);
        return first(message -> {
            int flags = message.content().connectFlags();
            return flags >= 0 && test.test(flags);
        });
    }

    private static BiPredicate<MqttTransaction, Boolean> sessionPresent(RuleOption option, SignatureBuilder rule)
            throws RuleException {
        int wanted = switch (option.unquoted().strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes" -> 1;
            case "false", "no" -> 0;
            default -> throw option.badValue("is yes or no");
        };
        return first(message -> message.content().sessionPresent() == wanted);
    }
}
