package org.sallyport.core.settings;

import java.util.Collections;
import java.util.List;
import org.sallyport.core.model.Encryption;
import org.sallyport.core.model.Intent;
import org.sallyport.core.model.NameRule;
import org.sallyport.core.model.SeedGoal;
import org.sallyport.core.model.UploadPolicy;

/** Settings of which every single one differs from its default. */
final class SettingsSamples {
    private static final String DAY = "rsx".repeat(16);

    static final Settings OTHER = new Settings("/srv/files", 51413, true,
            new Settings.Limits(300, 60, 9, 6, 51, 128L << 20), new Settings.Trackers(true), new Settings.Look(Settings.Look.Theme.DARK, true),
            new Settings.Quit(true), new Settings.Network("tun0"), new Settings.Uploads(UploadPolicy.TRUSTED_ONLY), true, Encryption.REQUIRE,
            new Settings.Bandwidth(new Settings.Rates(1_000_000, 200_000), new Settings.Rates(50_000, 10_000), true,
                    Collections.nCopies(7, DAY), true, 1L << 30, 1L << 34,
                    Settings.Bandwidth.AtCap.TELL, 4096),
            new Settings.Discovery(false, List.of("dht.example:6881"), false, true), new SeedGoal(2, 60, 30, SeedGoal.Then.REMOVE),
            new Settings.Screening(NameRule.BLOCK, Intent.MUSIC, "localhost:3310", true, 3));

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
              "encryption" : "REQUIRE",
              "bandwidth" : {
                "usual" : {
                  "down" : 1000000,
                  "up" : 200000
                },
                "slow" : {
                  "down" : 50000,
                  "up" : 10000
                },
                "slowNow" : true,
                "week" : [ "@", "@", "@", "@", "@", "@", "@" ],
                "limitLocal" : true,
                "dayCapBytes" : 1073741824,
                "monthCapBytes" : 17179869184,
                "atCap" : "TELL",
                "slowBelow" : 4096
              },
              "discovery" : {
                "dht" : false,
                "bootstrap" : [ "dht.example:6881" ],
                "exchange" : false,
                "localNetwork" : true
              },
              "goal" : {
                "ratio" : 2.0,
                "minutes" : 60,
                "idleMinutes" : 30,
                "then" : "REMOVE"
              },
              "screening" : {
                "risky" : "BLOCK",
                "usual" : "MUSIC",
                "scanner" : "localhost:3310",
                "holdUnscanned" : true,
                "definitionsMaxDays" : 3
              }
            }
            """.replace("@", DAY);

    private SettingsSamples() { }
}
