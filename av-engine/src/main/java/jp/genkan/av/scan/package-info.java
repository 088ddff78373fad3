/**
 * One file looked at: its octets by all signatures, then its members, theirs, and so on within stated bounds.
 *
 * <pre>
 * Signatures (immutable, shared) ──matcher()──▶ SignatureMatcher (one a thread)
 * Content, FileFacts ──SignatureMatcher──▶ Detections
 * Content, FileFacts ──Unpacker──▶ Members ──▶ the same again
 * </pre>
 *
 * <p>Main type: {@link jp.genkan.av.scan.FileScanner}.
 *
 * <p>Thread rule: signatures and unpackers belong to everybody; matchers, members and detections to the thread that scans.
 */
@NullMarked
package jp.genkan.av.scan;

import org.jspecify.annotations.NullMarked;
