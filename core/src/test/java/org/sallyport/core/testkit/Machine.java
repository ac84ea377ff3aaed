package org.sallyport.core.testkit;

import static org.junit.jupiter.api.Assumptions.abort;

/** What tests need of the machine they run on. */
public final class Machine {
    private Machine() { }

    /**
     * Ends a test for which something is missing: it is skipped with a printed line, or fails when the system property
     * {@code sallyport.clients.required} is {@code true}. @param reason what is missing
     */
    public static <T> T lacks(String reason) {
        if (Boolean.getBoolean("sallyport.clients.required")) {
            throw new AssertionError("sallyport.clients.required is set, and " + reason);
        }
        System.out.println("SKIPPED " + reason);
        return abort(reason);
    }
}
