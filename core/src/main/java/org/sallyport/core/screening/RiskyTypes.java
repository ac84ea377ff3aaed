package org.sallyport.core.screening;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sallyport.core.model.NameFlag;

/**
 * Which endings and names of files mean what to some computer. The rules of every system count on every system: what is fetched here may
 * be passed on. Kept by hand from the lists that other guards publish; each group says which.
 */
final class RiskyTypes {
    private static final Map<String, NameFlag> TYPES = new HashMap<>();
    private static final Map<String, NameFlag> NAMES = new HashMap<>();

    static {
        // Windows: PATHEXT of a fresh installation, installers, libraries; Microsoft, "Blocked attachments in Outlook"; Office add-ins
        types(NameFlag.PROGRAM,
                "exe com scr pif cpl msi msp mst msu msix msixbundle appx appxbundle appinstaller application gadget dll ocx sys drv ax"
                + " xll wll xbap jar jnlp diagcab diagpkg");
        // macOS: what Launch Services opens as code, Chromium's download_file_types.asciipb for Mac
        types(NameFlag.PROGRAM, "app pkg mpkg command tool workflow action prefpane kext saver bundle plugin osax dylib mobileconfig");
        // Linux: packages and bundles that a double click installs or runs, Chromium's list for Linux and ChromeOS
        types(NameFlag.PROGRAM, "appimage run deb rpm flatpak flatpakref flatpakrepo snap so ko elf crx xpi");
        // telephones
        types(NameFlag.PROGRAM, "apk apks aab xapk ipa");
        // Windows Script Host, PowerShell, registry and set-up files, help with code in it: the same two lists
        types(NameFlag.SCRIPT, "bat cmd btm vb vbs vbe vbp js jse ws wsf wsc wsh hta sct shb shs ps1 ps1xml ps2 ps2xml psc1 psc2 psd1 psm1 pssc cdxml"
                + " msh msh1 msh2 mshxml msh1xml msh2xml reg inf ins isp its job msc mcf chm hlp hpj rgs settingcontent-ms theme themepack udl xnk"
                + " prf pcd ops osd iqy");
        // interpreters that come with a system or are usual there; macOS automation
        types(NameFlag.SCRIPT, "sh bash zsh csh ksh fish py pyc pyo pyw pyz pyzw pl rb php tcl awk applescript scpt scptd jxa terminal");
        // Windows, freedesktop.org Desktop Entry, macOS Finder; .scf and .library-ms are read as soon as a folder is shown
        types(NameFlag.SHORTCUT, "lnk url website scf library-ms search-ms searchconnector-ms appref-ms glk mapimail desktop webloc inetloc fileloc");
        // Microsoft, "File format reference for Office": those that may hold VBA; databases; notes that carry attachments
        types(NameFlag.MACROS, "docm dotm xlsm xltm xlsb xlam xla pptm potm ppam ppsm sldm ppa mdb mde ade adp accdb accde accda accdr one onepkg");
        types(NameFlag.DISK_IMAGE, "iso img vhd vhdx vmdk vdi qcow qcow2 ova dmg toast cdr nrg mdf mds ccd cdi isz daa uif udf dsk wim esd swm"
                + " sparseimage sparsebundle");
        types(NameFlag.ARCHIVE,
                "zip zipx rar 7z tar gz tgz bz2 tbz tbz2 xz txz zst tzst lz lzma tlz lz4 z cab arj ace lzh lha cpio ar alz egg sit sitx"
                + " wim zpaq uue 001");
        // Windows AutoPlay; freedesktop.org "Desktop Application Autostart", autorun of removable media; Explorer's folder settings
        names(NameFlag.AUTORUN, "autorun.inf", "autorun", ".autorun", "autorun.sh", "autoopen", ".autoopen", "autorun.exe", "autorun.bat",
                "autorun.cmd",
                "desktop.ini", "folder.htt");
        names(NameFlag.SYSTEM_FILE, ".ds_store", "thumbs.db", "ehthumbs.db", ".directory", ".localized", ".spotlight-v100", ".trashes", ".fseventsd",
                "$recycle.bin", "pagefile.sys", "hiberfil.sys");
    }

    /** What people trust: shown before the real ending, it makes them open the file. */
    private static final Set<String> TRUSTED = words("mkv mp4 m4v avi mov webm mpg mpeg wmv flv mp3 flac ogg opus m4a aac wav wma jpg jpeg png"
            + " gif bmp webp tif tiff heic pdf epub mobi azw3 doc docx odt rtf xls xlsx ods csv ppt pptx odp txt nfo srt vtt zip rar 7z tar gz iso");
    private static final Set<NameFlag> HIDEABLE = Set.of(NameFlag.PROGRAM, NameFlag.SCRIPT, NameFlag.SHORTCUT, NameFlag.MACROS, NameFlag.DISK_IMAGE);
    /** Folders that macOS shows as one thing to open. */
    private static final Set<String> BUNDLES = words("app workflow action prefpane kext saver bundle plugin osax pkg mpkg scptd");
    /** Names without an ending that everybody knows. */
    private static final Set<String> KNOWN_NAMES = words("readme license licence copying authors contributors changelog changes news todo install"
            + " notice version makefile dockerfile manifest md5sums sha1sums sha256sums sha512sums sha256sum sha512sum release packages");

    private RiskyTypes() { }

    private static Set<String> words(String text) {
        return Set.of(text.split(" "));
    }

    private static void types(NameFlag flag, String endings) {
        for (String ending : endings.split(" ")) {
            TYPES.putIfAbsent(ending.strip(), flag);
        }
    }

    private static void names(NameFlag flag, String... names) {
        for (String name : names) {
            NAMES.put(name, flag);
        }
    }

    /** @param ending without the dot, in small letters */
    static Optional<NameFlag> ofEnding(String ending) {
        boolean volume = ending.matches("[rz][0-9]{2}"); // .r00, .z01: parts of an archive
        return volume ? Optional.of(NameFlag.ARCHIVE) : Optional.ofNullable(TYPES.get(ending));
    }

    /** @param name whole, in small letters */
    static Optional<NameFlag> ofName(String name) {
        boolean fork = name.startsWith("._") && name.length() > 2; // AppleDouble
        return fork ? Optional.of(NameFlag.SYSTEM_FILE) : Optional.ofNullable(NAMES.get(name));
    }

    /** Whether an ending before the last one is there to deceive. @param real what the last one means */
    static boolean isDisguise(String before, NameFlag real) {
        boolean image = real == NameFlag.DISK_IMAGE && before.equals("iso");
        return TRUSTED.contains(before) && HIDEABLE.contains(real) && !image;
    }

    static boolean isBundle(String ending) {
        return BUNDLES.contains(ending);
    }

    static boolean isKnownName(String name) {
        return KNOWN_NAMES.contains(name.toLowerCase(Locale.ROOT));
    }
}
