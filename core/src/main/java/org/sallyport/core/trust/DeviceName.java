package org.sallyport.core.trust;

import org.sallyport.core.model.RefusedException;

/**
 * What a person calls a device.
 *
 * @param text 1..{@value #MAX_CHARS} characters, none of them a control, format or line character
 */
public record DeviceName(String text) {
    public static final int MAX_CHARS = 40;

    public DeviceName {
        if (text.isBlank() || text.length() > MAX_CHARS || !text.equals(text.strip()) || !text.codePoints().allMatch(DeviceName::isShown)) {
            throw new IllegalArgumentException("device name of " + text.length() + " characters");
        }
    }

    /** @throws RefusedException {@code device-name.empty}, {@code device-name.length}, {@code device-name.character} */
    public static DeviceName parse(String typed) throws RefusedException {
        String text = typed.strip();
        if (text.isEmpty()) {
            throw new RefusedException("device-name.empty", "Give the device a name, such as \"Laptop\".");
        }
        if (text.length() > MAX_CHARS) {
            throw new RefusedException("device-name.length", "A device name has at most " + MAX_CHARS + " characters. Choose a shorter one.");
        }
        if (!text.codePoints().allMatch(DeviceName::isShown)) {
            throw new RefusedException("device-name.character", "A device name cannot have invisible characters. Type it instead of pasting it.");
        }
        return new DeviceName(text);
    }

    /** What is left of a name the other side suggests; {@code otherwise} if that is nothing. Invisible characters could disguise it. */
    public static DeviceName suggested(String received, DeviceName otherwise) {
        StringBuilder shown = new StringBuilder();
        received.codePoints().limit(10 * MAX_CHARS).filter(DeviceName::isShown)
                .takeWhile(point -> shown.length() + Character.charCount(point) <= MAX_CHARS).forEachOrdered(shown::appendCodePoint);
        String text = shown.toString().strip();
        return text.isEmpty() ? otherwise : new DeviceName(text);
    }

    private static boolean isShown(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
