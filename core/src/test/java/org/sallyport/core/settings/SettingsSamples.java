package org.sallyport.core.settings;

import org.sallyport.core.model.Encryption;
import org.sallyport.core.model.UploadPolicy;

/** Settings of which every single one differs from its default. */
final class SettingsSamples {
    static final Settings OTHER = new Settings("/srv/files", 51413, true,
            new Settings.Limits(300, 60, 9, 6, 51, 128L << 20), new Settings.Trackers(true), new Settings.Look(Settings.Look.Theme.DARK, true),
            new Settings.Quit(true), new Settings.Network("tun0"), new Settings.Uploads(UploadPolicy.TRUSTED_ONLY), true, Encryption.REQUIRE);

    static final String OTHER_JSON = """
            {
              "downloadFolder" : "/srv/files",
              "port" : 51413,
              "receiveOnly" : true,
              "limits" : {
                "connections" : 300,
                "connectionsPerTorrent" : 60,
                "uploadSlots" : 9,
                "activeDownloads" : 6,
                "activeSeeds" : 51,
                "pieceMemoryBytes" : 134217728
              },
              "trackers" : {
                "allowLocal" : true
              },
              "look" : {
                "theme" : "DARK",
                "dense" : true
              },
              "quit" : {
                "whenComplete" : true
              },
              "network" : {
                "interface" : "tun0"
              },
              "uploads" : {
                "usual" : "TRUSTED_ONLY"
              },
              "welcomed" : true,
              "encryption" : "REQUIRE"
            }
            """;

    private SettingsSamples() { }
}
