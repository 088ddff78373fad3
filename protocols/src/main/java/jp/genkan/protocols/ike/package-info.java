/**
 * IKE versions 1 and 2 (RFC 2408, 2409, 7296) over UDP: {@link jp.genkan.protocols.ike.IkeParser}. Read are headers, the kinds of payloads, proposals with their algorithms, public
 * keys, nonces, vendor identifications and notifications, as long as they are not encrypted.
 *
 * <p>Thread rule: a parser belongs to the worker of its flow.
 */
@NullMarked
package jp.genkan.protocols.ike;

import org.jspecify.annotations.NullMarked;
