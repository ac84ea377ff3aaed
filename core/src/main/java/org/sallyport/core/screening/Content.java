package org.sallyport.core.screening;

/**
 * What some bytes are, whatever they are called.
 *
 * @param what with its article, to complete "It is …"
 */
record Content(Kind kind, String what) {
    static final Content UNKNOWN = new Content(Kind.UNKNOWN, "something unknown");

    enum Kind { WINDOWS_PROGRAM, PROGRAM, SCRIPT, SHORTCUT, TEXT_SHORTCUT, ARCHIVE, DISK_IMAGE, PICTURE, SOUND, VIDEO, PDF, DOCUMENT, OLE, TEXT,
            UNKNOWN }
}
