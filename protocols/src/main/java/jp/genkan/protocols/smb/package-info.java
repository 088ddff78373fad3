/**
 * SMB 1, 2 and 3 over TCP, with NetBIOS session framing on any port: who reads and writes which file, and the files themselves. Main type:
 * {@link jp.genkan.protocols.smb.SmbParser}.
 *
 * <p>Sources: [MS-SMB2], [MS-CIFS], [MS-SMB], [MS-FSCC], RFC 1002 §4.3. Not read: what is encrypted or compressed inside SMB 3, SMB 1 raw and block
 * modes, multi-part transactions of SMB 1.
 *
 * <p>Thread rule: everything belongs to the worker of its flow.
 */
@NullMarked
package jp.genkan.protocols.smb;

import org.jspecify.annotations.NullMarked;
