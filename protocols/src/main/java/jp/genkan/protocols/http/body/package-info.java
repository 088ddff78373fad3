/**
 * What follows the head of an HTTP message: how long it is, how it is coded, and which files are in it. Also used by HTTP/2.
 *
 * <p>Main types: {@link jp.genkan.protocols.http.body.BodyFraming} finds the end, {@link jp.genkan.protocols.http.body.BodyConsumer} takes what is
 * inside.
 *
 * <p>Thread rule: everything belongs to the worker of its flow.
 */
@NullMarked
package jp.genkan.protocols.http.body;

import org.jspecify.annotations.NullMarked;
