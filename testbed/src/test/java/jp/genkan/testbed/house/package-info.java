/**
 * The rules of the house, as tests: module arrows ({@link jp.genkan.testbed.house.ArrowsTest}), tidiness of the tree, truth of the
 * documents, licences of the libraries. {@code ./build check} runs this package alone.
 *
 * <p>Thread rule: none; tests only.
 */
@NullMarked
package jp.genkan.testbed.house;

import org.jspecify.annotations.NullMarked;
