/**
 * Keywords that note something for later rules: about the flow, the transaction, a host, or a pair of hosts.
 *
 * <p>Main type: {@link jp.genkan.ips.keyword.memory.MemoryKeywords}.
 *
 * <p>Thread rule: the thread that loads rules; what is compiled is immutable.
 */
@NullMarked
package jp.genkan.ips.keyword.memory;

import org.jspecify.annotations.NullMarked;
