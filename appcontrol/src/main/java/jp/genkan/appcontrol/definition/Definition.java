package jp.genkan.appcontrol.definition;

import java.util.ArrayList;
import java.util.List;
import jp.genkan.appcontrol.host.HostPattern;
import jp.genkan.appcontrol.signature.Signature;
import jp.genkan.core.frame.AddressRange;
import jp.genkan.core.observation.AppProtocol;

/**
 * One application as its file describes it, while the file is read.
 *
 * <p>Thread rule: the thread that reads.
 */
final class Definition {
    final String name;
    final Application.Kind kind;
    final String file;
    final int line;
    Category category = Category.UNSPECIFIED;
    String label = "";
    final List<HostPattern> hosts = new ArrayList<>();
    final List<String> agents = new ArrayList<>();
    final List<String> servers = new ArrayList<>();
    final List<String> urls = new ArrayList<>();
    final List<String> contents = new ArrayList<>();
    final List<String> alpns = new ArrayList<>();
    final List<String> fingerprints = new ArrayList<>();
    final List<String> certificates = new ArrayList<>();
    final List<AddressRange> addresses = new ArrayList<>();
    final List<Integer> tcpPorts = new ArrayList<>();
    final List<Integer> udpPorts = new ArrayList<>();
    /** Ports on which TLS, or what it carries, has another name. */
    final List<Integer> tlsPorts = new ArrayList<>();

    final List<Integer> ipProtocols = new ArrayList<>();
    final List<AppProtocol> parsers = new ArrayList<>();
    final List<Signature> signatures = new ArrayList<>();

    Definition(String name, Application.Kind kind, String file, int line) {
        this.name = name;
        this.kind = kind;
        this.file = file;
        this.line = line;
    }

    Application application() {
        return new Application(name, kind, category, label.isEmpty() ? name : label);
    }
}
