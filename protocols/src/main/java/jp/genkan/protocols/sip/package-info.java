/**
 * SIP over UDP and TCP, and the SDP in it: {@link jp.genkan.protocols.sip.SipDatagramParser}, {@link jp.genkan.protocols.sip.SipStreamParser}.
 *
 * <p>Sources: RFC 3261, RFC 8866 (SDP). Not read: bodies other than SDP, SIP over SCTP and WebSocket.
 *
 * <p>Thread rule: a parser belongs to the worker of its flow, a transaction never changes.
 */
@NullMarked
package jp.genkan.protocols.sip;

import org.jspecify.annotations.NullMarked;
