/**
 * DCE/RPC, connection-oriented (C706, [MS-RPCE]): which interface is bound and which operation is called, in a pipe of SMB and over TCP. Main type:
 * {@link jp.genkan.protocols.dcerpc.DcerpcDialogue}. Not read: what the stubs say, and DCE/RPC over UDP.
 *
 * <p>Thread rule: everything belongs to the worker of its flow.
 */
@NullMarked
package jp.genkan.protocols.dcerpc;

import org.jspecify.annotations.NullMarked;
