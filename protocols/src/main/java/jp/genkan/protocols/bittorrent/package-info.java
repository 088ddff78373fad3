/**
 * BitTorrent: the handshake of its connections is recognised, messages of its hash table (DHT) are told:
 * {@link jp.genkan.protocols.bittorrent.DhtParser}. Sources: BEP 3, BEP 5, BEP 32. Not read: uTP, what follows the handshake.
 *
 * <p>Thread rule: a parser belongs to the worker of its flow, a transaction never changes.
 */
@NullMarked
package jp.genkan.protocols.bittorrent;

import org.jspecify.annotations.NullMarked;
