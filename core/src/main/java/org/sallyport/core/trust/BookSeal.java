package org.sallyport.core.trust;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.persist.PersistException;
import org.sallyport.core.persist.PrivateFile;
import org.sallyport.core.persist.SavedDevice;

/**
 * Keeps the saved list of devices secret where it must be, and notices when it is not the one saved last. The pair keys lie encrypted
 * (AES-256-GCM, bound to their device) in the database; an HMAC over the list lies in a file beside the keys, so that an edited row, a
 * row put back, and a whole older database are all noticed. The file names two lists while the database changes from one to the other.
 */
final class BookSeal {
    private static final int MAX_FILE_BYTES = 1024;
    private static final int NONCE = 12;
    private static final int GCM_TAG_BITS = 128;
    private static final HexFormat HEX = HexFormat.of();

    private final Path file;
    private final byte[] encryptionKey;
    private final byte[] macKey;
    private final SecureRandom random;

    BookSeal(Path folder, byte[] sealKey, SecureRandom random) {
        this.file = folder.resolve("devices.seal");
        this.encryptionKey = Hashing.hkdf(sealKey, "pair-keys", Hashing.LENGTH);
        this.macKey = Hashing.hkdf(sealKey, "device-list", Hashing.LENGTH);
        this.random = random;
    }

    /** True if {@code devices} is the list saved last. A list that was never sealed is empty. */
    boolean holds(List<SavedDevice> devices) throws PersistException {
        Optional<byte[]> sealed = PrivateFile.read(file, MAX_FILE_BYTES);
        if (sealed.isEmpty()) {
            return devices.isEmpty();
        }
        byte[] mac = mac(devices);
        return new String(sealed.get(), StandardCharsets.US_ASCII).lines().anyMatch(line -> MessageDigest.isEqual(mac, hexOrNothing(line)));
    }

    /** Before the change: both lists are good, whichever a crash leaves behind. */
    void prepare(List<SavedDevice> before, List<SavedDevice> after) throws PersistException {
        write(mac(before), mac(after));
    }

    /** After the change, or when starting over: this list only. */
    void settle(List<SavedDevice> devices) throws PersistException {
        write(mac(devices));
    }

    private void write(byte[]... macs) throws PersistException {
        StringBuilder lines = new StringBuilder();
        for (byte[] mac : macs) {
            lines.append(HEX.formatHex(mac)).append('\n');
        }
        PrivateFile.write(file, Hashing.ascii(lines.toString()));
    }

    private static byte[] hexOrNothing(String line) {
        try {
            return HEX.parseHex(line);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    /** Over everything but when a device was last seen, which decides nothing and changes often. */
    private byte[] mac(List<SavedDevice> devices) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(content)) {
            out.writeInt(devices.size());
            for (SavedDevice device : devices) {
                out.writeUTF(device.id());
                writeBytes(out, device.publicKey());
                writeBytes(out, device.sealedKey());
                out.writeUTF(device.name());
                out.writeInt(device.addresses().size());
                for (PeerAddress address : device.addresses()) {
                    out.writeUTF(address.toString());
                }
                out.writeUTF(device.addedAt().toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return Hashing.hmac(macKey).doFinal(content.toByteArray());
    }

    private static void writeBytes(DataOutputStream out, Bytes bytes) throws IOException {
        out.writeInt(bytes.length());
        out.write(bytes.toArray());
    }

    /** nonce ‖ ciphertext ‖ tag, of use for this device only. */
    Bytes encrypt(PairKey key, DeviceId of) {
        byte[] nonce = Secret.random(random, NONCE);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, of).doFinal(key.copy());
            return Bytes.copyOf(Hashing.join(nonce, sealed));
        } catch (GeneralSecurityException e) {
            throw Hashing.impossible(e);
        }
    }

    /** Empty if it was not encrypted here for this device. */
    Optional<PairKey> decrypt(Bytes sealed, DeviceId of) {
        byte[] content = sealed.toArray();
        if (content.length != NONCE + PairKey.LENGTH + GCM_TAG_BITS / 8) {
            return Optional.empty();
        }
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(content, NONCE), of);
            return Optional.of(new PairKey(cipher.doFinal(content, NONCE, content.length - NONCE)));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce, DeviceId of) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(encryptionKey, "AES"), new GCMParameterSpec(GCM_TAG_BITS, nonce));
        cipher.updateAAD(of.keyHash().toArray());
        return cipher;
    }
}
