/**
 * Signatures that are hashes of whole files, or of sections of Windows programs: ten million of them in a table that is mapped from disk.
 *
 * <pre>
 * .hdb .hsb .mdb .msb .txt .csv ──HashFiles──▶ HashTableBuilder ──HashTableFile──▶ HashTable ──▶ HashSignatures
 * </pre>
 *
 * <p>Main type: {@link jp.genkan.av.hash.HashSignatures}; {@link jp.genkan.av.hash.HashCompiler} makes it of files.
 *
 * <p>Thread rule: builders and matchers belong to one thread, tables and signatures to everybody.
 */
@NullMarked
package jp.genkan.av.hash;

import org.jspecify.annotations.NullMarked;
