/**
 * SSH until encryption begins: the banners of both sides and the lists of algorithms that they offer. Main type:
 * {@link jp.genkan.protocols.ssh.SshParser}.
 *
 * <p>Sources: RFC 4253 §4.2 (banner), §6 (packets), §7.1 (KEXINIT), and HASSH's published method. Not read: the key exchange itself, what SSH 1 sends
 * behind its banner.
 *
 * <p>Thread rule: a parser belongs to the worker of its flow.
 */
@NullMarked
package jp.genkan.protocols.ssh;

import org.jspecify.annotations.NullMarked;
