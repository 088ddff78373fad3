/**
 * DNP3 (IEEE 1815) over TCP: {@link jp.genkan.protocols.dnp3.Dnp3Parser}. Read are frames of the link layer, fragments put together by the transport function, and the objects of the
 * application layer with the points of the common groups. Not read: what files and authentication carry.
 *
 * <p>Thread rule: a parser belongs to the worker of its flow.
 */
@NullMarked
package jp.genkan.protocols.dnp3;

import org.jspecify.annotations.NullMarked;
