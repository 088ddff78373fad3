package jp.genkan.appliance;

import picocli.CommandLine.IVersionProvider;

/** What this build is called. */
public final class Version implements IVersionProvider {
    /** The version of the jar, or {@code development} when the classes do not come from one. */
    public static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"Genkan " + text() + " (JDK " + Runtime.version().feature() + ")"};
    }
}
