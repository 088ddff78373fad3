/**
 * The language of YARA 4.2 read: tokens, rules, strings, hex strings, regular expressions, conditions. What is wrong is told by line and column.
 *
 * <p>Main type: {@link jp.genkan.av.yara.syntax.RuleFileParser}.
 *
 * <p>Thread rule: a parser belongs to one thread; what it returns is immutable.
 */
@NullMarked
package jp.genkan.av.yara.syntax;

import org.jspecify.annotations.NullMarked;
