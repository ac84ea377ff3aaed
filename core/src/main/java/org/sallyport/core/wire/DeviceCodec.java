package org.sallyport.core.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sallyport.core.metainfo.Bencode;
import org.sallyport.core.metainfo.BencodeDict;
import org.sallyport.core.metainfo.BencodeLimits;
import org.sallyport.core.metainfo.BencodeList;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.wire.DeviceMessage.Answer.Reply;
import org.sallyport.core.wire.DeviceMessage.Kind;

/** Writes and reads {@link DeviceMessage}s: bencoded dictionaries whose {@code t} tells the kind. Pure. */
public final class DeviceCodec {
    private static final Map<Kind, String> NAMES = Map.of(
            Kind.HELLO, "hello", Kind.OFFER, "offer", Kind.ANSWER, "answer", Kind.ASK_CATALOGUE, "ask-catalogue",
            Kind.CATALOGUE, "catalogue", Kind.GET_METAINFO, "get-metainfo", Kind.METAINFO, "metainfo", Kind.BYE, "bye");
    private static final Map<Reply, String> REPLIES = Map.of(Reply.YES, "yes", Reply.NO, "no", Reply.ARRIVED, "arrived");

    private DeviceCodec() { }

    /** @param message of ours: its texts and lists are as short as {@link DeviceMessage} says */
    public static byte[] encode(DeviceMessage message) {
        Map<String, Object> dict = new LinkedHashMap<>();
        dict.put("t", NAMES.get(message.kind()));
        switch (message.kind()) {
            case HELLO -> {
                DeviceMessage.Hello hello = (DeviceMessage.Hello) message;
                dict.put("v", hello.version());
                dict.put("p", hello.port());
                dict.put("addresses", hello.addresses().stream().map(DeviceFields::bytes).toList());
                dict.put("name", hello.name());
            }
            case OFFER -> dict.putAll(item(((DeviceMessage.Offer) message).item()));
            case ANSWER -> {
                DeviceMessage.Answer answer = (DeviceMessage.Answer) message;
                dict.put("hash", answer.hash().bytes());
                dict.put("reply", REPLIES.get(answer.reply()));
            }
            case ASK_CATALOGUE -> {
                DeviceMessage.AskCatalogue ask = (DeviceMessage.AskCatalogue) message;
                dict.put("n", ask.number());
                dict.put("search", ask.search());
                dict.put("from", ask.from());
            }
            case CATALOGUE -> {
                DeviceMessage.Catalogue catalogue = (DeviceMessage.Catalogue) message;
                dict.put("n", catalogue.number());
                dict.put("items", catalogue.items().stream().map(DeviceCodec::item).toList());
                dict.put("more", catalogue.more() ? 1 : 0);
            }
            case GET_METAINFO -> {
                DeviceMessage.GetMetainfo get = (DeviceMessage.GetMetainfo) message;
                dict.put("hash", get.hash().bytes());
                dict.put("at", get.at());
            }
            case METAINFO -> {
                DeviceMessage.Metainfo metainfo = (DeviceMessage.Metainfo) message;
                dict.put("hash", metainfo.hash().bytes());
                dict.put("total", metainfo.total());
                dict.put("at", metainfo.at());
                dict.put("data", metainfo.data());
            }
            case BYE -> { }
        }
        return Bencode.encode(dict);
    }

    private static Map<String, Object> item(DeviceMessage.Item item) {
        return Map.of("hash", item.hash().bytes(), "name", item.name(), "bytes", item.bytes(), "files", item.files(), "note", item.note());
    }

    /** About how many bytes an item takes in a message. */
    public static int sizeOf(DeviceMessage.Item item) {
        return Bencode.encode(item(item)).length;
    }

    /**
     * Reads one message. Texts come out safe to show.
     *
     * @return empty for a kind that is not known here: a newer version may have more
     * @throws WireViolation {@code device.message} if it is no message at all, {@code device.field} if something in it is missing or beyond
     * its bounds
     */
    public static Optional<DeviceMessage> decode(byte[] payload) throws WireViolation {
        DeviceFields fields;
        try {
            fields = new DeviceFields(Bencode.decodeDict(payload, BencodeLimits.PEER));
        } catch (RefusedException e) {
            throw new WireViolation("device.message", "sent a broken device message (" + e.refusal().rule() + ")");
        }
        String type = fields.text("t", 1, 32);
        for (Map.Entry<Kind, String> known : NAMES.entrySet()) {
            if (known.getValue().equals(type)) {
                return Optional.of(read(known.getKey(), fields));
            }
        }
        return Optional.empty();
    }

    private static DeviceMessage read(Kind kind, DeviceFields fields) throws WireViolation {
        return switch (kind) {
            case HELLO -> new DeviceMessage.Hello(fields.integer("v", 1, Integer.MAX_VALUE), fields.integer("p", 0, 65_535), addresses(fields),
                    fields.text("name", 0, DeviceMessage.MAX_NAME));
            case OFFER -> new DeviceMessage.Offer(item(fields));
            case ANSWER -> new DeviceMessage.Answer(fields.hash("hash"), reply(fields));
            case ASK_CATALOGUE -> new DeviceMessage.AskCatalogue(fields.integer("n", 0, Integer.MAX_VALUE),
                    fields.text("search", 0, DeviceMessage.MAX_SEARCH), fields.integer("from", 0, DeviceMessage.MAX_CATALOGUE));
            case CATALOGUE -> new DeviceMessage.Catalogue(fields.integer("n", 0, Integer.MAX_VALUE), items(fields),
                    fields.integer("more", 0, 1) == 1);
            case GET_METAINFO -> new DeviceMessage.GetMetainfo(fields.hash("hash"), fields.integer("at", 0, BencodeLimits.TORRENT.bytes()));
            case METAINFO -> metainfo(fields);
            case BYE -> new DeviceMessage.Bye();
        };
    }

    private static List<PeerAddress> addresses(DeviceFields fields) throws WireViolation {
        BencodeList list = fields.list("addresses", DeviceMessage.MAX_ADDRESSES);
        List<PeerAddress> addresses = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            addresses.add(DeviceFields.address(list.bytes(i).orElseThrow(() -> DeviceFields.wrong("addresses"))));
        }
        return addresses;
    }

    private static Reply reply(DeviceFields fields) throws WireViolation {
        String text = fields.text("reply", 1, 16);
        return REPLIES.entrySet().stream().filter(known -> known.getValue().equals(text)).map(Map.Entry::getKey).findFirst()
                .orElseThrow(() -> DeviceFields.wrong("reply"));
    }

    private static List<DeviceMessage.Item> items(DeviceFields fields) throws WireViolation {
        BencodeList list = fields.list("items", DeviceMessage.MAX_ITEMS);
        List<DeviceMessage.Item> items = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            BencodeDict dict = list.dict(i).orElseThrow(() -> DeviceFields.wrong("items"));
            items.add(item(new DeviceFields(dict)));
        }
        return items;
    }

    private static DeviceMessage.Item item(DeviceFields fields) throws WireViolation {
        return new DeviceMessage.Item(fields.hash("hash"), fields.text("name", 1, DeviceMessage.MAX_NAME), fields.number("bytes", 0, 16L << 40),
                fields.integer("files", 1, 100_000), fields.text("note", 0, DeviceMessage.MAX_NOTE));
    }

    private static DeviceMessage metainfo(DeviceFields fields) throws WireViolation {
        InfoHash hash = fields.hash("hash");
        int total = fields.integer("total", 0, BencodeLimits.TORRENT.bytes());
        int at = fields.integer("at", 0, total);
        Bytes data = fields.bytes("data", Math.min(DeviceMessage.MAX_DATA, total - at));
        return new DeviceMessage.Metainfo(hash, total, at, data);
    }
}
