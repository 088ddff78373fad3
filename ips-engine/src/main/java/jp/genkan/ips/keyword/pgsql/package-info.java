/**
 * Keywords of PostgreSQL.
 *
 * <p>Main type: {@link jp.genkan.ips.keyword.pgsql.PgsqlKeywords}.
 *
 * <p>Thread rule: immutable.
 */
@NullMarked
package jp.genkan.ips.keyword.pgsql;

import org.jspecify.annotations.NullMarked;
