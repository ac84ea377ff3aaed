package org.sallyport.ui.feed;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.sallyport.core.engine.Devices;
import org.sallyport.core.model.CatalogueItem;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PairingState;
import org.sallyport.core.model.PeerAddress;

/** Sends commands about trusted devices, as {@link Devices} names them; every outcome arrives on the FX thread. */
public final class DeviceCommands {
    private final Devices devices;
    private final EngineCommands commands;

    DeviceCommands(Devices devices, EngineCommands commands) {
        this.devices = devices;
        this.commands = commands;
    }

    public CompletableFuture<Outcome<String>> identify() {
        return commands.onFxThread(devices.identify());
    }

    public CompletableFuture<Outcome<PairingState>> offer() {
        return commands.onFxThread(devices.offer());
    }

    public CompletableFuture<Outcome<PairingState>> pair(String code) {
        return commands.onFxThread(devices.pair(code));
    }

    /** @param same whether both screens show the same words */
    public CompletableFuture<Outcome<PairingState>> confirm(boolean same) {
        return commands.onFxThread(devices.confirm(same));
    }

    public CompletableFuture<Outcome<PairingState>> cancelPairing() {
        return commands.onFxThread(devices.cancelPairing());
    }

    public CompletableFuture<Outcome<String>> add(String id, String name, List<PeerAddress> addresses) {
        return commands.onFxThread(devices.add(id, name, addresses));
    }

    public CompletableFuture<Outcome<String>> rename(String id, String name) {
        return commands.onFxThread(devices.rename(id, name));
    }

    public CompletableFuture<Outcome<String>> readdress(String id, List<PeerAddress> addresses) {
        return commands.onFxThread(devices.readdress(id, addresses));
    }

    public CompletableFuture<Outcome<String>> remove(String id) {
        return commands.onFxThread(devices.remove(id));
    }

    public CompletableFuture<Outcome<String>> resetIdentity() {
        return commands.onFxThread(devices.resetIdentity());
    }

    public CompletableFuture<Outcome<String>> nameOwn(String name) {
        return commands.onFxThread(devices.nameOwn(name));
    }

    public CompletableFuture<Outcome<InfoHash>> send(String id, Path path, String note) {
        return commands.onFxThread(devices.send(id, path, note));
    }

    public CompletableFuture<Outcome<InfoHash>> accept(InfoHash hash, Path folder) {
        return commands.onFxThread(devices.accept(hash, folder));
    }

    public CompletableFuture<Outcome<InfoHash>> decline(InfoHash hash) {
        return commands.onFxThread(devices.decline(hash));
    }

    /** @param id of one device, empty for all @param search part of a name, empty for everything */
    public CompletableFuture<Outcome<List<CatalogueItem>>> catalogue(String id, String search) {
        return commands.onFxThread(devices.catalogue(id, search));
    }

    public CompletableFuture<Outcome<InfoHash>> take(CatalogueItem item, Path folder) {
        return commands.onFxThread(devices.take(item, folder));
    }
}
