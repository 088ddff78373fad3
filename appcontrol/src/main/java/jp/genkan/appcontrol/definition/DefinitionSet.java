package jp.genkan.appcontrol.definition;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.genkan.appcontrol.host.AddressTable;
import jp.genkan.appcontrol.host.HostPattern;
import jp.genkan.appcontrol.host.HostTable;
import jp.genkan.appcontrol.signature.Signature;
import jp.genkan.appcontrol.signature.SignatureIndex;
import jp.genkan.core.observation.AppProtocol;
import org.jspecify.annotations.Nullable;

/**
 * All definitions, ready to be asked. Where two say the same of different applications, the earlier one counts.
 *
 * <p>Thread rule: immutable.
 */
public final class DefinitionSet {
    /** Prefixes of paths that are held: each is compared with the path of a request. */
    static final int URLS_MAX = 512;

    /** Words in certificates that are held: each is looked for in the names of a certificate. */
    static final int CERTIFICATES_MAX = 256;

    private static final int PORTS = 1 << 16;
    private static final int IP_PROTOCOLS = 256;

    private final AppNames names;
    private final Map<Integer, Application> applications = new HashMap<>();
    private final HostTable hosts;
    private final TokenTable agents;
    private final TokenTable servers;
    private final Map<String, Integer> contents = new HashMap<>();
    private final Map<String, Integer> alpns = new HashMap<>();
    private final Map<String, Integer> fingerprints = new HashMap<>();
    private final List<Text> urls = new ArrayList<>();
    private final List<Text> certificates = new ArrayList<>();
    private final AddressTable addresses;
    private final short[] tcpPorts = new short[PORTS];
    private final short[] udpPorts = new short[PORTS];
    private final short[] tlsPorts = new short[PORTS];
    private final int[] ipProtocols = new int[IP_PROTOCOLS];
    private final int[] parsers = new int[AppProtocol.values().length];
    private final SignatureIndex signatures;
    private final BitSet recognisable = new BitSet();

    private record Text(String text, int application) {}

    DefinitionSet(List<Definition> definitions, AppNames names) {
        this.names = names;
        List<HostPattern> hostPatterns = new ArrayList<>();
        List<AddressTable.Entry> ranges = new ArrayList<>();
        List<Signature> all = new ArrayList<>();
        Map<String, Integer> agentWords = new HashMap<>();
        Map<String, Integer> serverWords = new HashMap<>();
        for (Definition definition : definitions) {
            int number = names.number(definition.name);
            applications.merge(number, definition.application(), DefinitionSet::joined);
            hostPatterns.addAll(definition.hosts);
            definition.addresses.forEach(range -> ranges.add(new AddressTable.Entry(range, number)));
            all.addAll(definition.signatures);
            definition.agents.forEach(word -> agentWords.putIfAbsent(word, number));
            definition.servers.forEach(word -> serverWords.putIfAbsent(word, number));
            addWords(definition, number);
            if (!definition.signatures.isEmpty() || !definition.parsers.isEmpty()) {
                recognisable.set(number);
            }
            addNumbers(definition, number);
        }
        hosts = new HostTable(hostPatterns);
        addresses = new AddressTable(ranges);
        signatures = new SignatureIndex(all);
        agents = new TokenTable(agentWords);
        servers = new TokenTable(serverWords);
    }

    /** What the earlier definition leaves open, the later one says. */
    private static Application joined(Application earlier, Application later) {
        return new Application(
                earlier.name(),
                earlier.kind(),
                earlier.category() == Category.UNSPECIFIED ? later.category() : earlier.category(),
                earlier.japanese().equals(earlier.name()) ? later.japanese() : earlier.japanese());
    }

    private void addWords(Definition definition, int number) {
        definition.contents.forEach(word -> contents.putIfAbsent(word, number));
        definition.alpns.forEach(word -> alpns.putIfAbsent(word, number));
        definition.fingerprints.forEach(word -> fingerprints.putIfAbsent(word, number));
        definition.urls.forEach(prefix -> addText(urls, prefix, number, URLS_MAX));
        definition.certificates.forEach(text -> addText(certificates, text, number, CERTIFICATES_MAX));
    }

    private static void addText(List<Text> to, String text, int number, int max) {
        if (to.size() < max) {
            to.add(new Text(text, number));
        }
    }

    private void addNumbers(Definition definition, int number) {
        for (int port : definition.tcpPorts) {
            tcpPorts[port] = tcpPorts[port] == 0 ? (short) number : tcpPorts[port];
        }
        for (int port : definition.udpPorts) {
            udpPorts[port] = udpPorts[port] == 0 ? (short) number : udpPorts[port];
        }
        for (int port : definition.tlsPorts) {
            tlsPorts[port] = tlsPorts[port] == 0 ? (short) number : tlsPorts[port];
        }
        for (int protocol : definition.ipProtocols) {
            ipProtocols[protocol] = ipProtocols[protocol] == 0 ? number : ipProtocols[protocol];
        }
        for (AppProtocol parser : definition.parsers) {
            parsers[parser.ordinal()] = number;
        }
    }

    /** Number of a name, 0 when no definition has it. */
    public int number(String name) {
        return names.find(name);
    }

    /** Name of an application by its number. */
    public String name(int number) {
        return names.name(number);
    }

    /** What is told of an application, null when these definitions do not have it. */
    public @Nullable Application application(int number) {
        return applications.get(number);
    }

    /** All applications, in no order. */
    public List<Application> applications() {
        return List.copyOf(applications.values());
    }

    public HostTable hosts() {
        return hosts;
    }

    public SignatureIndex signatures() {
        return signatures;
    }

    /** The application that an HTTP user agent names, 0 for none. */
    public int ofAgent(byte[] agent) {
        return agents.find(agent);
    }

    /** The application that an HTTP server names, 0 for none. */
    public int ofServer(byte[] server) {
        return servers.find(server);
    }

    /** The application of a media type, 0 for none. */
    public int ofContent(String lowerCaseType) {
        return contents.getOrDefault(lowerCaseType, AppNames.NONE);
    }

    /** The application of an ALPN identifier, 0 for none. */
    public int ofAlpn(String alpn) {
        return alpns.getOrDefault(alpn, AppNames.NONE);
    }

    /** The application of a JA4 or JA3 fingerprint, 0 for none. */
    public int ofFingerprint(String fingerprint) {
        return fingerprints.isEmpty() ? AppNames.NONE : fingerprints.getOrDefault(fingerprint, AppNames.NONE);
    }

    /** True when there are fingerprints to look for. */
    public boolean hasFingerprints() {
        return !fingerprints.isEmpty();
    }

    /** The application of a path, 0 for none. */
    public int ofPath(byte[] path) {
        for (int i = 0; i < urls.size(); i++) {
            String text = urls.get(i).text;
            if (text.startsWith("*") ? endsWith(path, text) : beginsWith(path, text)) {
                return urls.get(i).application;
            }
        }
        return AppNames.NONE;
    }

    private static boolean beginsWith(byte[] octets, String prefix) {
        if (octets.length < prefix.length()) {
            return false;
        }
        for (int i = 0; i < prefix.length(); i++) {
            if (octets[i] != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** True when the octets before a query end with what stands behind the asterisk. */
    private static boolean endsWith(byte[] octets, String pattern) {
        int end = 0;
        while (end < octets.length && octets[end] != '?') {
            end++;
        }
        int from = end - (pattern.length() - 1);
        for (int i = 1; from >= 0 && i < pattern.length(); i++) {
            if (octets[from + i - 1] != pattern.charAt(i)) {
                return false;
            }
        }
        return from >= 0;
    }

    /** The application that an issuer's or subject's name in a certificate tells, 0 for none. */
    public int ofCertificate(String distinguishedName) {
        for (int i = 0; i < certificates.size(); i++) {
            if (distinguishedName.contains(certificates.get(i).text)) {
                return certificates.get(i).application;
            }
        }
        return AppNames.NONE;
    }

    /** The application of an address, 0 for none. */
    public int ofAddress(long high, long low) {
        return addresses.find(high, low);
    }

    /** The application that usually has a port, 0 for none. */
    public int ofPort(int ipProtocol, int port) {
        return switch (ipProtocol) {
            case 6 -> tcpPorts[port & 0xffff];
            case 17 -> udpPorts[port & 0xffff];
            default -> AppNames.NONE;
        };
    }

    /** What TLS to a port is called, or carries, 0 for nothing particular. */
    public int ofTlsPort(int port) {
        return tlsPorts[port & 0xffff];
    }

    /** True when an application shows itself by octets. */
    public boolean isRecognisable(int number) {
        return recognisable.get(number);
    }

    /** True when a name is a service's: it stands behind the protocol's. */
    public boolean isService(int number) {
        Application application = applications.get(number);
        return application != null && application.kind() == Application.Kind.SERVICE;
    }

    /** The application of an IP protocol number, 0 for none. */
    public int ofIpProtocol(int protocol) {
        return protocol >= 0 && protocol < IP_PROTOCOLS ? ipProtocols[protocol] : AppNames.NONE;
    }

    /** The application that a parser of ours reads, 0 for none. */
    public int ofParser(AppProtocol parser) {
        return parsers[parser.ordinal()];
    }
}
