package jp.genkan.ips.network;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import jp.genkan.core.config.Nearest;
import jp.genkan.core.frame.AddressRange;
import jp.genkan.ips.rule.Rule.Expression;
import jp.genkan.ips.rule.RuleCode;
import jp.genkan.ips.rule.RuleException;
import org.jspecify.annotations.Nullable;

/**
 * The address groups and port groups that rules name, and the compiler of the expressions that name them. Equal sets are one object; an expression
 * that is met again is not compiled again.
 *
 * <p>Thread rule: one thread.
 */
public final class Variables {
    /** Groups within groups; also what ends a loop that is told by its names first. */
    private static final int DEPTH_MAX = 64;

    private final Map<String, String> addressGroups;
    private final Map<String, String> portGroups;
    private final Map<String, AddressSpec> addressesByText = new HashMap<>();
    private final Map<String, PortSpec> portsByText = new HashMap<>();
    private final Map<AddressSpec, AddressSpec> addressSpecs = new HashMap<>();
    private final Map<PortSpec, PortSpec> portSpecs = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    private Variables(Map<String, String> addressGroups, Map<String, String> portGroups) {
        this.addressGroups = new TreeMap<>(addressGroups);
        this.portGroups = new TreeMap<>(portGroups);
    }

    /** The groups that Suricata comes with. */
    public static Variables stock() {
        return new Variables(StockGroups.addresses(), StockGroups.ports());
    }

    /** These groups and no others; names without {@code $}, expressions as rules write them. */
    public static Variables of(Map<String, String> addressGroups, Map<String, String> portGroups) {
        return new Variables(addressGroups, portGroups);
    }

    /** These groups, with others added or set otherwise. */
    public Variables with(Map<String, String> otherAddressGroups, Map<String, String> otherPortGroups) {
        Map<String, String> addresses = new LinkedHashMap<>(addressGroups);
        addresses.putAll(otherAddressGroups);
        Map<String, String> ports = new LinkedHashMap<>(portGroups);
        ports.putAll(otherPortGroups);
        return new Variables(addresses, ports);
    }

    public Map<String, String> addressGroups() {
        return Map.copyOf(addressGroups);
    }

    public Map<String, String> portGroups() {
        return Map.copyOf(portGroups);
    }

    /**
     * Compiles these groups.
     *
     * @throws IllegalArgumentException when one cannot be used; the message names it
     */
    public void check(Collection<String> addressNames, Collection<String> portNames) {
        for (String name : addressNames) {
            try {
                addresses(new Expression("$" + name, 1));
            } catch (RuleException bad) {
                throw new IllegalArgumentException("vars.address-groups." + name + ": " + explain(bad), bad);
            }
        }
        for (String name : portNames) {
            try {
                ports(new Expression("$" + name, 1));
            } catch (RuleException bad) {
                throw new IllegalArgumentException("vars.port-groups." + name + ": " + explain(bad), bad);
            }
        }
    }

    /**
     * Compiles every group.
     *
     * @throws IllegalArgumentException when one cannot be used; the message names it
     */
    public void check() {
        check(addressGroups.keySet(), portGroups.keySet());
    }

    private static String explain(RuleException bad) {
        return bad.hint() == null ? bad.reason() : bad.reason() + " (did you mean " + bad.hint() + "?)";
    }

    /** The addresses of an expression. */
    public AddressSpec addresses(Expression expression) throws RuleException {
        AddressSpec known = addressesByText.get(expression.text());
        if (known != null) {
            return known;
        }
        AddressSpec compiled = ListExpression.evaluate(new Addresses(), expression);
        AddressSpec interned = addressSpecs.computeIfAbsent(compiled, same -> same);
        addressesByText.put(expression.text(), interned);
        return interned;
    }

    /** The ports of an expression. */
    public PortSpec ports(Expression expression) throws RuleException {
        PortSpec known = portsByText.get(expression.text());
        if (known != null) {
            return known;
        }
        PortSpec compiled = ListExpression.evaluate(new Ports(), expression);
        PortSpec interned = portSpecs.computeIfAbsent(compiled, same -> same);
        portsByText.put(expression.text(), interned);
        return interned;
    }

    /** How a group is compiled, given its expression. */
    private interface Compiler<S> {
        S compile(Expression expression) throws RuleException;
    }

    private <S> S group(Map<String, String> groups, String name, int column, RuleCode code, Compiler<S> compiler)
            throws RuleException {
        String text = groups.get(name);
        if (text == null) {
            throw new RuleException(
                    RuleCode.UNKNOWN_VARIABLE,
                    column,
                    "unknown variable \"$" + ListExpression.brief(name) + "\"",
                    hint(name, groups));
        }
        if (open.size() == DEPTH_MAX || !open.add(name)) {
            throw new RuleException(code, column, "the variable \"$" + name + "\" is defined by itself");
        }
        try {
            return compiler.compile(new Expression(text, 1));
        } catch (RuleException bad) {
            boolean told = bad.reason().startsWith("in $") || bad.code() == RuleCode.UNKNOWN_VARIABLE;
            String reason = told ? bad.reason() : "in $" + name + ": " + bad.reason();
            RuleException there = new RuleException(bad.code(), column, reason, bad.hint());
            there.initCause(bad);
            throw there;
        } finally {
            open.remove(name);
        }
    }

    private @Nullable String hint(String name, Map<String, String> groups) {
        Map<String, String> others = groups == addressGroups ? portGroups : addressGroups;
        String near = Nearest.to(name, groups.keySet());
        if (near != null) {
            return "$" + near;
        }
        return others.containsKey(name)
                ? "$" + name + " in the place of " + (others == portGroups ? "a port" : "an address")
                : null;
    }

    private final class Addresses implements ListExpression.Algebra<AddressSpec> {
        @Override
        public AddressSpec everything() {
            return AddressSpec.ANY;
        }

        @Override
        public AddressSpec term(String text, int column) throws RuleException {
            try {
                return AddressSpec.of(AddressRange.parse(Netmask.toPrefix(text)));
            } catch (IllegalArgumentException bad) {
                String reason = String.valueOf(bad.getMessage());
                RuleException refused = new RuleException(RuleCode.BAD_ADDRESS, column, reason);
                refused.initCause(bad);
                throw refused;
            }
        }

        @Override
        public AddressSpec variable(String name, int column) throws RuleException {
            return group(addressGroups, name, column, code(), Variables.this::addresses);
        }

        @Override
        public AddressSpec union(List<AddressSpec> sets) {
            return AddressSpec.union(sets);
        }

        @Override
        public AddressSpec without(AddressSpec from, AddressSpec taken) {
            return from.without(taken);
        }

        @Override
        public boolean isEmpty(AddressSpec set) {
            return set.isEmpty();
        }

        @Override
        public boolean isEverything(AddressSpec set) {
            return set.isAny();
        }

        @Override
        public RuleCode code() {
            return RuleCode.BAD_ADDRESS;
        }
    }

    private final class Ports implements ListExpression.Algebra<PortSpec> {
        @Override
        public PortSpec everything() {
            return PortSpec.ANY;
        }

        @Override
        public PortSpec term(String text, int column) throws RuleException {
            int colon = text.indexOf(':');
            if (colon < 0) {
                int port = port(text, text, column);
                return PortSpec.of(port, port);
            }
            String left = text.substring(0, colon).strip();
            String right = text.substring(colon + 1).strip();
            int first = left.isEmpty() && !right.isEmpty() ? 0 : port(left, text, column);
            int last = right.isEmpty() ? PortSpec.PORT_MAX : port(right, text, column);
            if (first > last) {
                throw new RuleException(
                        code(), column, "the range " + text + " ends before it begins", last + ":" + first);
            }
            return PortSpec.of(first, last);
        }

        private int port(String number, String whole, int column) throws RuleException {
            int value = 0;
            for (int i = 0; i < number.length(); i++) {
                char c = number.charAt(i);
                if (c < '0' || c > '9') {
                    throw notAPort(whole, column);
                }
                value = value * 10 + (c - '0');
                if (value > PortSpec.PORT_MAX) {
                    throw new RuleException(
                            code(),
                            column,
                            "\"" + ListExpression.brief(number) + "\" is beyond the highest port, "
                                    + PortSpec.PORT_MAX);
                }
            }
            if (number.isEmpty()) {
                throw notAPort(whole, column);
            }
            return value;
        }

        private RuleException notAPort(String text, int column) {
            boolean dashed = text.indexOf('-') > 0 && text.indexOf('-') == text.lastIndexOf('-');
            return new RuleException(
                    code(),
                    column,
                    "\"" + ListExpression.brief(text) + "\" is not a port or a range (examples: 80, 1024:, 80:90)",
                    dashed ? ListExpression.brief(text.replace('-', ':')) : null);
        }

        @Override
        public PortSpec variable(String name, int column) throws RuleException {
            return group(portGroups, name, column, code(), Variables.this::ports);
        }

        @Override
        public PortSpec union(List<PortSpec> sets) {
            return PortSpec.union(sets);
        }

        @Override
        public PortSpec without(PortSpec from, PortSpec taken) {
            return from.without(taken);
        }

        @Override
        public boolean isEmpty(PortSpec set) {
            return set.isEmpty();
        }

        @Override
        public boolean isEverything(PortSpec set) {
            return set.isAny();
        }

        @Override
        public RuleCode code() {
            return RuleCode.BAD_PORT;
        }
    }
}
