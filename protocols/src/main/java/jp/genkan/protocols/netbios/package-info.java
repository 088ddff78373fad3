/**
 * The NetBIOS name service over UDP port 137: {@link jp.genkan.protocols.netbios.NetbiosNameMessage}.
 *
 * <p>Sources: RFC 1001 §14.1 (encoding of names), RFC 1002 §4.2. Not read: scope identifiers, node status.
 *
 * <p>Thread rule: a view belongs to one thread and is valid as long as the bytes under it are.
 */
@NullMarked
package jp.genkan.protocols.netbios;

import org.jspecify.annotations.NullMarked;
