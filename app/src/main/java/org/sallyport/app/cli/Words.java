package org.sallyport.app.cli;

import java.util.Locale;

/** Constants of an enum as JSON shows them: {@code NOT_SCANNED} becomes {@code notScanned}. */
final class Words {
    private Words() { }

    static String camelCase(Enum<?> constant) {
        return camelCase(constant.name());
    }

    /** Of a constant's name; what is in camel case already comes back unchanged. */
    static String camelCase(String name) {
        if (!name.equals(name.toUpperCase(Locale.ROOT))) {
            return name;
        }
        String[] parts = name.toLowerCase(Locale.ROOT).split("_");
        StringBuilder text = new StringBuilder(parts[0]);
        for (int i = 1; i < parts.length; i++) {
            text.append(parts[i].substring(0, 1).toUpperCase(Locale.ROOT)).append(parts[i].substring(1));
        }
        return text.toString();
    }

    static String plain(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
