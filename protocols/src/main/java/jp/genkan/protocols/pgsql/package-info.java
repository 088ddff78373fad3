/**
 * PostgreSQL's protocol, version 3: {@link jp.genkan.protocols.pgsql.PgsqlParser}. Read are the start, authentication, simple and extended queries by their text, and what the server
 * answers: parameters, errors, how many rows there were. Not read: values of rows and of parameters of extended queries.
 *
 * <p>Thread rule: a parser belongs to the worker of its flow.
 */
@NullMarked
package jp.genkan.protocols.pgsql;

import org.jspecify.annotations.NullMarked;
