/**
 * What a parser is: it gets the octets of one flow, in order, each once, and tells the {@link jp.genkan.protocols.conversation.Conversation} what
 * they say. Adding a protocol is one package with a parser, and one line in {@link jp.genkan.protocols.Protocols}.
 *
 * <p>Thread rule: a parser belongs to the worker of its flow. It keeps no reference to the octets it is given.
 */
@NullMarked
package jp.genkan.protocols.conversation;

import org.jspecify.annotations.NullMarked;
