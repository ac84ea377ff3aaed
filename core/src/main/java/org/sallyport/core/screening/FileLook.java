package org.sallyport.core.screening;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Looks at a file itself: is it what its name says, and what is in it if it is an archive or a document with macros. One thread. */
final class FileLook {

    private FileLook() { }

    static Findings at(Specimen specimen, ScreenRequest request, Scanner.Reach reach) throws IOException {
        String name = request.name();
        Findings findings = new Findings();
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(Magic.HEAD, specimen.size()));
        byte[] head = Arrays.copyOf(buffer.array(), specimen.readAt(0, buffer));
        if (head.length == 0) {
            return findings;
        }
        Content content = Magic.of(head);
        if (content.kind() == Content.Kind.OLE) {
            content = ole(specimen, head, name, content, findings);
        }
        if (content.kind() != Content.Kind.UNKNOWN) {
            findings.what(content.what());
        }
        Content shown = content;
        NameClaim.mismatch(content, name).or(() -> IntentClaim.foreign(shown, request.intent(), name))
                .ifPresent(why -> findings.suspicious("It " + why));
        new Archives(findings, new ArchiveBudget(findings, reach, specimen.size(), specimen::check)).look(specimen.view(), head, content, name);
        return findings;
    }

    private static Content ole(Specimen specimen, byte[] head, String name, Content plain, Findings findings) throws IOException {
        if (OleLook.isInstaller(head, specimen::readAt)) {
            return new Content(Content.Kind.WINDOWS_PROGRAM, "a Windows installer");
        }
        if (OleLook.hasMacros(specimen::readAt) && !NameClaim.admitsMacros(name)) {
            findings.suspicious("It holds a program (macros).");
        }
        if (OleLook.isEncrypted(specimen::readAt)) {
            findings.incomplete("It is a document with a password, so no antivirus program can look inside. Open it only if you know who made it.");
        }
        return plain;
    }
}
