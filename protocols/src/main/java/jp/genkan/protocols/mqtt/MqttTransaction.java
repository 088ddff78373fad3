package jp.genkan.protocols.mqtt;

import java.util.ArrayList;
import java.util.List;
import jp.genkan.core.event.EveFields;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Transaction;

/**
 * Packets that belong together: a connection and its answer, a publication and what acknowledges it, a subscription and its answer.
 *
 * <p>Thread rule: as for {@link Transaction}.
 */
public final class MqttTransaction extends Transaction {
    /** An exchange has at most four packets: PUBLISH, PUBREC, PUBREL, PUBCOMP. */
    static final int MESSAGES_MAX = 4;

    private final List<MqttMessage> messages = new ArrayList<>(1);

    MqttTransaction(long number, MqttMessage first) {
        super(AppProtocol.MQTT, number);
        messages.add(first);
    }

    /** False when it has as many as an exchange may have, or one of this type already. */
    boolean add(MqttMessage message) {
        boolean fits =
                messages.size() < MESSAGES_MAX && messages.stream().noneMatch(other -> other.type() == message.type());
        if (fits) {
            messages.add(message);
        }
        return fits;
    }

    MqttMessage first() {
        return messages.getFirst();
    }

    public List<MqttMessage> messages() {
        return List.copyOf(messages);
    }

    @Override
    public void writeTo(EveFields out) {
        out.object("mqtt");
        messages.forEach(message -> message.writeTo(out));
        out.end();
    }
}
