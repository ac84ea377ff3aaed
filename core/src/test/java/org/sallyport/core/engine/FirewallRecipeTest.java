package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.engine.FirewallRecipe.Format;

class FirewallRecipeTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "NFT     | 51413 | meta l4proto { tcp, udp } th dport 51413 accept comment \"Sallyport: the one port\"",
        "NFT     | 6900  | meta l4proto { tcp, udp } th dport 6900 accept comment \"Sallyport: the one port\"",
        "UFW     | 51413 | ufw allow 51413/tcp comment 'Sallyport: the one port'; ufw allow 51413/udp comment 'Sallyport: the one port'",
        "WINDOWS | 51413 | New-NetFirewallRule -Group 'Sallyport' -DisplayName 'Sallyport TCP 51413' -Direction Inbound -Protocol TCP -LocalPort "
                + "51413 "
                + "-Action Allow; New-NetFirewallRule -Group 'Sallyport' -DisplayName 'Sallyport UDP 51413' -Direction Inbound -Protocol UDP "
                + "-LocalPort 51413 -Action Allow"})
    void exactlyTheOnePortIsOpened(Format format, int port, String opening) {
        assertThat(opening(format, port)).containsExactly(opening.split("; "));
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void receiveOnlyOpensNothing(Format format) {
        assertThat(opening(format, 0)).isEmpty();
        assertThat(FirewallRecipe.text(format, 0)).contains("no port of this computer is open");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "UFW     | 51413 | ufw deny in 6881:6999/tcp",
        "UFW     | 6881  | ufw deny in 6882:6999/tcp",
        "UFW     | 6999  | ufw deny in 6881:6998/tcp",
        "UFW     | 6882  | ufw deny in 6881/tcp; ufw deny in 6883:6999/tcp",
        "UFW     | 6880  | ufw deny in 6881:6999/tcp",
        "WINDOWS | 51413 | -Protocol TCP -LocalPort 6881-6999 -Action Block",
        "WINDOWS | 6900  | -Protocol TCP -LocalPort 6881-6899,6901-6999 -Action Block",
        "WINDOWS | 6881  | -Protocol TCP -LocalPort 6882-6999 -Action Block",
        "WINDOWS | 6998  | -Protocol TCP -LocalPort 6881-6997,6999 -Action Block",
        "NFT     | 51413 | th dport 6881-6999 reject; ct state new meta l4proto { tcp, udp } th sport 6881-6999 reject",
        "NFT     | 6900  | th dport 6881-6999 reject; ct state new meta l4proto { tcp, udp } th sport != 6900 th sport 6881-6999 reject"})
    void thePortsOtherProgramsChooseAreShutButNotOurs(Format format, int port, String blocks) {
        assertThat(FirewallRecipe.text(format, port)).contains(blocks.split("; "));
    }

    @Test
    void nftOpensTheOnePortBeforeItShutsTheOthers() {
        String recipe = FirewallRecipe.text(Format.NFT, 6900);

        assertThat(recipe.indexOf("dport 6900 accept")).isLessThan(recipe.indexOf("dport 6881-6999 reject"));
        assertThat(recipe).startsWith("#!/usr/sbin/nft -f\n").contains("policy drop").endsWith("}\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536})
    void noPortIsNoRecipe(int port) {
        assertThatIllegalArgumentException().isThrownBy(() -> FirewallRecipe.text(Format.UFW, port));
    }

    /** What opens something to others, besides what every computer needs to have a network. */
    private static List<String> opening(Format format, int port) {
        List<String> necessary = List.of("iif \"lo\"", "ct state established", "ipv6-icmp", "DHCP", "policy accept", "default allow outgoing");
        return FirewallRecipe.text(format, port).lines().map(String::strip).filter(line -> !line.startsWith("#"))
                .filter(line -> line.contains("accept") || line.contains("allow") || line.contains("Allow"))
                .filter(line -> necessary.stream().noneMatch(line::contains)).toList();
    }
}
