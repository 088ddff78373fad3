/**
 * Networks made of namespaces, for tests with real frames. {@link jp.genkan.testbed.net.TestNetwork} is the JUnit extension;
 * {@link jp.genkan.testbed.net.Topology} holds the picture of what it builds.
 *
 * <p>Thread rule: a topology is built and taken down by one thread; sockets that were opened in a namespace may be used on any.
 */
@NullMarked
package jp.genkan.testbed.net;

import org.jspecify.annotations.NullMarked;
