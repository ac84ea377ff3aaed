package org.sallyport.core.model;

/** Whether connections in the clear are obfuscated (MSE): made to look like noise. It is no protection, and never shown as one. */
public enum Encryption {
    /** Nobody is called or answered that way. */
    OFF,
    /** Others are called that way first and in the plain protocol if they cannot; both are answered. */
    PREFER,
    /** All of a connection under RC4, or none at all. */
    REQUIRE
}
