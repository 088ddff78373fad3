/**
 * QUIC as far as it can be read without keys of the connection: Initial packets, whose keys follow from what is in them, and the hellos inside; Google's
 * forerunners as far as they send their hello in clear text. Main type: {@link jp.genkan.protocols.quic.QuicParser}.
 *
 * <p>Sources: RFC 9000 (packets, frames), RFC 9001 (protection), RFC 9369 (version 2), drafts 23 to 34, Google's "QUIC Crypto" for Q043, Q046 and Q050. Not
 * read: Handshake and 0-RTT packets, packets after a change of addresses.
 *
 * <p>Thread rule: a parser belongs to the worker of its flow; the ciphers are each thread's own.
 */
@NullMarked
package jp.genkan.protocols.quic;

import org.jspecify.annotations.NullMarked;
