package jp.genkan.dataplane.linux;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/**
 * Makes functions of the C library callable. Every handle captures {@code errno} in a {@link CallState}, whose segment is its first
 * argument, before the ones of the C function.
 *
 * <p>Keep a handle in a {@code static final} field and call it by {@code invokeExact}: only then is the call compiled to a plain call.
 *
 * <p>The JVM warns, and later refuses, unless it is started with {@code --enable-native-access=ALL-UNNAMED}.
 */
public final class Native {
    private static final Linker LINKER = Linker.nativeLinker();

    private Native() {}

    /**
     * A function with a fixed number of arguments.
     *
     * @param name as in C
     * @param shape result and arguments as in C, without the call state; pointers as {@code JAVA_LONG}
     */
    public static MethodHandle function(String name, FunctionDescriptor shape) {
        return handle(name, shape, Linker.Option.captureCallState("errno"));
    }

    /**
     * A function like {@code ioctl}, {@code fcntl} or {@code syscall} that takes any number of arguments in C.
     *
     * @param fixedArguments how many arguments stand before the three dots
     */
    public static MethodHandle variadic(String name, FunctionDescriptor shape, int fixedArguments) {
        return handle(
                name, shape, Linker.Option.captureCallState("errno"), Linker.Option.firstVariadicArg(fixedArguments));
    }

    @SuppressWarnings("restricted") // the one place where C functions become callable
    private static MethodHandle handle(String name, FunctionDescriptor shape, Linker.Option... options) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), shape, options);
    }

    /** What to throw when a handle itself fails, which only a wrong shape can cause. */
    public static AssertionError unexpected(Throwable cause) {
        return new AssertionError("a native call is declared with the wrong shape", cause);
    }
}
