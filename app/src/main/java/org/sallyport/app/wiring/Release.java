package org.sallyport.app.wiring;

/** Which release this is: from the jar's manifest, or "development" when run from class files. */
public final class Release {
    public static final String VERSION = version();

    private Release() { }

    private static String version() {
        String version = Release.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
