/**
 * RDP until TLS or its own encryption begins: the connection request and its answer, and the settings that both exchange. Main type:
 * {@link jp.genkan.protocols.rdp.RdpParser}.
 *
 * <p>Sources: MS-RDPBCGR §2.2.1 (PDUs and their fields), RFC 1006 (TPKT), ITU-T X.224 and T.125 as far as MS-RDPBCGR uses them. Not read: what follows the
 * exchange of settings, RDP over UDP.
 *
 * <p>Thread rule: a parser belongs to the worker of its flow.
 */
@NullMarked
package jp.genkan.protocols.rdp;

import org.jspecify.annotations.NullMarked;
