package org.sallyport.core.engine;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.sallyport.core.metainfo.DisplayText;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.metainfo.MetainfoReader;
import org.sallyport.core.model.CatalogueItem;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.UploadPolicy;
import org.sallyport.core.storage.Digests;
import org.sallyport.core.transport.CloseReason;
import org.sallyport.core.trust.DeviceId;
import org.sallyport.core.trust.PairedDevice;
import org.sallyport.core.wire.DeviceMessage;
import org.sallyport.core.wire.DeviceMessage.Answer.Reply;
import org.sallyport.core.wire.DeviceMessage.Item;

/** What a person does with other devices: looks into their catalogues, takes something, says yes or no to what they offer. Any thread. */
final class DeviceDeals {
    private static final long CATALOGUE_SECONDS = 10;
    private static final Refusal NO_OFFER = new Refusal("device.no-offer",
            "No device offers this now. It may have been answered already, or the device was removed: ask its person to send it again.");
    private static final Refusal UNKNOWN = new Refusal("trust.device-unknown",
            "This device is not in your list. It may have been removed meanwhile.");

    private final Services services;
    private final Roster roster;
    private final DeviceExchange exchange;
    private final Library library;

    /** The library, as far as things are put into it. */
    interface Library {
        /** @param device its name */
        CompletableFuture<Outcome<InfoHash>> add(Metainfo metainfo, AddRequest request, String device);

        /** Shares something that the person has just chosen, from wherever it may be shared at all. */
        CompletableFuture<Outcome<InfoHash>> share(ShareRequest request);
    }

    DeviceDeals(Services services, Roster roster, DeviceExchange exchange, Library library) {
        this.services = services;
        this.roster = roster;
        this.exchange = exchange;
        this.library = library;
    }

    CompletableFuture<Outcome<InfoHash>> send(String id, Path path, String note) {
        if (note.strip().length() > Sharing.MAX_NOTE) {
            return refused(new Refusal("device.note", "A note has at most " + Sharing.MAX_NOTE + " characters. Write a shorter one."));
        }
        return withDevice(id, device -> {
            Optional<Refusal> full = exchange.offers().full(device.id());
            if (full.isPresent()) {
                return refused(full.get());
            }
            return library.share(ShareRequest.withDevices(path, Set.of(device.id().text()), note.strip(), Instant.MAX)).thenApplyAsync(outcome -> {
                outcome.fold(hash -> {
                    exchange.offers().offer(new OfferKey(hash, device.id()));
                    return hash;
                }, refusal -> refusal, problem -> problem);
                return outcome;
            }, services.loop());
        });
    }

    CompletableFuture<Outcome<InfoHash>> accept(InfoHash hash, Path folder) {
        return onLoop(() -> {
            Optional<OfferBook.Standing> offer = exchange.offers().book().find(hash, key -> exchange.connected(key.device()));
            return offer.map(standing -> fetch(standing.key(), standing.item(), folder)).orElseGet(() -> refused(NO_OFFER));
        });
    }

    CompletableFuture<Outcome<InfoHash>> decline(InfoHash hash) {
        return onLoop(() -> {
            List<OfferBook.Standing> all = exchange.offers().book().all().stream().filter(standing -> standing.key().hash().equals(hash)).toList();
            all.forEach(standing -> exchange.offers().answer(standing.key(), Reply.NO));
            return all.isEmpty() ? refused(NO_OFFER) : CompletableFuture.completedFuture(Outcome.done(hash));
        });
    }

    CompletableFuture<Outcome<InfoHash>> take(CatalogueItem item, Path folder) {
        return withDevice(item.deviceId(), device -> fetch(new OfferKey(item.hash(), device.id()),
                new Item(item.hash(), item.name(), item.bytes(), item.files(), item.note()), folder));
    }

    /** Gets the description of a torrent from a device, and with that the torrent into the list. Network thread. @param told what the person saw */
    private CompletableFuture<Outcome<InfoHash>> fetch(OfferKey key, Item told, Path folder) {
        return ask(key.device(), talk -> talk.questions().metainfo(key.hash()))
                .thenApplyAsync(answer -> answer.fold(info -> check(key, told, info), Outcome::<Metainfo>refused, Outcome::<Metainfo>failed),
                        services.disk().threads().housekeeping())
                .thenCompose(checked -> checked.then(metainfo -> add(key, metainfo, folder)));
    }

    /** The device may send anything; only what has the hash that the person agreed to is looked at, and it has to be as the person was told. */
    private Outcome<Metainfo> check(OfferKey key, Item told, byte[] info) {
        if (!InfoHash.of(Digests.sha1().get().digest(info)).equals(key.hash())) {
            return another(key);
        }
        ByteArrayOutputStream torrent = new ByteArrayOutputStream();
        torrent.writeBytes("d4:info".getBytes(StandardCharsets.US_ASCII));
        torrent.writeBytes(info);
        torrent.write('e');
        try {
            Metainfo metainfo = MetainfoReader.read(torrent.toByteArray());
            return isAsTold(metainfo, told) ? Outcome.done(metainfo) : another(key);
        } catch (RefusedException e) {
            services.events().refused("command.refused", e.refusal(), key.hash().hex(), Map.of("device", key.device().text()));
            return Outcome.refused(e.refusal());
        }
    }

    private Outcome<Metainfo> another(OfferKey key) {
        services.loop().execute(() -> exchange.lines().talk(key.device()).ifPresent(talk ->
                talk.close(new CloseReason("device.metainfo", "the peer gave another torrent than it offered"))));
        return Outcome.refused("device.metainfo", "\"" + services.trust().nameOf(key.device()) + "\" gave another torrent than the one you chose. "
                + "Nothing was taken. Ask its person to send it again.");
    }

    /** Policy and the person decided by name and size. The name went through the message, and is compared as it came out of it. */
    private static boolean isAsTold(Metainfo metainfo, Item told) {
        Item real = DeviceShelf.item(metainfo, told.note());
        return real.bytes() == told.bytes() && real.files() == told.files()
                && DisplayText.line(real.name(), DeviceMessage.MAX_NAME).equals(DisplayText.line(told.name(), DeviceMessage.MAX_NAME));
    }

    /** From that device and for it alone: what somebody sent me is not for all my other devices. */
    private CompletableFuture<Outcome<InfoHash>> add(OfferKey key, Metainfo metainfo, Path folder) {
        var addresses = services.trust().find(key.device()).map(PairedDevice::addresses).orElse(List.of());
        Sharing sharing = new Sharing(UploadPolicy.NORMAL, true, Set.of(key.device().text()), false, "", Instant.MAX);
        AddRequest request = AddRequest.download(Path.of(metainfo.name()), folder).withSharing(sharing).withPeers(addresses)
                .withRisky(AddRequest.Risky.ACCEPT); // the person took what a device they trust has named
        return library.add(metainfo, request, services.trust().nameOf(key.device())).thenApplyAsync(outcome -> {
            boolean there = outcome.fold(done -> true, refusal -> refusal.rule().startsWith("engine.duplicate"), problem -> false);
            if (!there) {
                return outcome;
            }
            roster.find(key.hash()).filter(torrent -> !outcome.isDone()).ifPresent(torrent -> torrent.name(addresses));
            if (exchange.offers().book().has(key)) {
                exchange.offers().answer(key, Reply.YES);
            }
            return Outcome.done(key.hash());
        }, services.loop());
    }

    CompletableFuture<Outcome<List<CatalogueItem>>> catalogue(String id, String search) {
        if (search.length() > DeviceMessage.MAX_SEARCH) {
            return refused(new Refusal("device.search", "A search has at most " + DeviceMessage.MAX_SEARCH
                    + " characters. Use a shorter part of the name."));
        }
        if (!id.isEmpty()) {
            return withDevice(id, device -> ask(device, search));
        }
        return onLoop(() -> {
            List<CompletableFuture<Outcome<List<CatalogueItem>>>> answers = services.trust().paired().stream()
                    .map(device -> ask(device, search)).toList();
            return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).thenApply(all -> {
                List<CatalogueItem> items = new ArrayList<>();
                answers.forEach(answer ->
                        items.addAll(answer.join().fold(found -> found, refusal -> List.<CatalogueItem>of(), problem -> List.of())));
                return Outcome.done(List.copyOf(items.subList(0, Math.min(items.size(), DeviceMessage.MAX_CATALOGUE))));
            });
        });
    }

    private CompletableFuture<Outcome<List<CatalogueItem>>> ask(PairedDevice device, String search) {
        Outcome<List<Item>> late = Outcome.failed("\"" + device.name().text() + "\" did not answer in time. Try again.");
        return this.<List<Item>>ask(device.id(), talk -> talk.questions().catalogue(search))
                .completeOnTimeout(late, CATALOGUE_SECONDS, TimeUnit.SECONDS)
                .thenApplyAsync(answer -> answer.map(items -> items.stream().map(item -> of(device, item)).toList()), services.loop());
    }

    private CatalogueItem of(PairedDevice device, Item item) {
        return new CatalogueItem(item.hash(), device.id().text(), device.name().text(), item.name(), item.bytes(), item.files(), item.note(),
                roster.find(item.hash()).isPresent());
    }

    /** Asks a device, which is called if it is away; once more if the connection ends before the answer, as when two have crossed. */
    private <T> CompletableFuture<Outcome<T>> ask(DeviceId device, Function<DeviceTalk, CompletableFuture<Outcome<T>>> question) {
        return askOnce(device, question)
                .handle((answer, lost) -> lost == null ? CompletableFuture.completedFuture(answer) : askOnce(device, question))
                .thenCompose(answer -> answer)
                .exceptionally(lost -> Outcome.failed("The connection to \"" + services.trust().nameOf(device) + "\" was lost. Try again."));
    }

    private <T> CompletableFuture<Outcome<T>> askOnce(DeviceId device, Function<DeviceTalk, CompletableFuture<Outcome<T>>> question) {
        return CompletableFuture.supplyAsync(() -> exchange.lines().reach(device), services.loop()).thenCompose(reached -> reached)
                .thenComposeAsync(talk -> talk.map(question).orElseGet(() -> failed("\"" + services.trust().nameOf(device)
                        + "\" cannot be reached now. Start Sallyport there, and try again.")), services.loop());
    }

    private <T> CompletableFuture<Outcome<T>> withDevice(String id, Function<PairedDevice, CompletableFuture<Outcome<T>>> work) {
        try {
            DeviceId parsed = DeviceId.parse(id);
            return onLoop(() -> services.trust().find(parsed).map(work).orElseGet(() -> services.trust().settled() ? refused(UNKNOWN)
                    : failed("The list of your devices is still being read. Try again in a moment.")));
        } catch (RefusedException e) {
            return refused(e.refusal());
        }
    }

    private <T> CompletableFuture<Outcome<T>> onLoop(Supplier<CompletableFuture<Outcome<T>>> work) {
        try {
            return CompletableFuture.supplyAsync(work, services.loop()).thenCompose(future -> future);
        } catch (RejectedExecutionException e) {
            return failed("Sallyport is closing.");
        }
    }

    private static <T> CompletableFuture<Outcome<T>> refused(Refusal refusal) {
        return CompletableFuture.completedFuture(Outcome.refused(refusal));
    }

    private static <T> CompletableFuture<Outcome<T>> failed(String problem) {
        return CompletableFuture.completedFuture(Outcome.failed(problem));
    }
}
