package jp.genkan.ips.signature;

/**
 * Where to read more about a rule.
 *
 * @param system {@code url}, {@code cve}...
 * @param id within it
 */
public record Reference(String system, String id) {}
