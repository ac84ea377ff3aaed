package org.sallyport.core.wire;

import java.util.List;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PeerAddress;

/**
 * What paired devices tell each other, in TLS only: an ordinary connection whose handshake names {@link #CHANNEL} in place of a torrent, and
 * over it messages of the extension protocol (BEP 10) by the name {@link #EXTENSION}. {@link DeviceCodec} writes and reads them.
 */
public sealed interface DeviceMessage {
    /** No torrent has it: SHA-1 of "sallyport device channel 1". */
    InfoHash CHANNEL = new InfoHash("e12386344f1ab4b96e6159f0f6068fe6709b3ba7");
    String EXTENSION = "sallyport_device";
    int VERSION = 1;
    int MAX_ADDRESSES = 8;
    int MAX_NAME = 255;
    int MAX_NOTE = 200;
    int MAX_SEARCH = 100;
    /** Items of one message. */
    int MAX_ITEMS = 100;
    /** Items of one catalogue. */
    int MAX_CATALOGUE = 10_000;
    /** Bytes of metainfo in one message; with the rest of it within what is read from peers. */
    int MAX_DATA = 60 << 10;

    enum Kind { HELLO, OFFER, ANSWER, ASK_CATALOGUE, CATALOGUE, GET_METAINFO, METAINFO, BYE }

    Kind kind();

    /**
     * Sent first, and again when something of it changes.
     *
     * @param version   of this list of messages, 1 or more
     * @param port      where the sender listens; 0 if nowhere
     * @param addresses where it believes it can be reached; at most {@value #MAX_ADDRESSES}
     * @param name      what it calls itself; may be empty
     */
    record Hello(int version, int port, List<PeerAddress> addresses, String name) implements DeviceMessage {
        public Hello {
            addresses = List.copyOf(addresses);
        }

        @Override
        public Kind kind() {
            return Kind.HELLO;
        }
    }

    /** Something one can get. @param bytes of all files @param note a line from the person, may be empty */
    record Item(InfoHash hash, String name, long bytes, int files, String note) { }

    /** The sender wants to send this; asks for an {@link Answer}. */
    record Offer(Item item) implements DeviceMessage {
        @Override
        public Kind kind() {
            return Kind.OFFER;
        }
    }

    /** What became of an offer. */
    record Answer(InfoHash hash, Reply reply) implements DeviceMessage {
        /** ARRIVED follows YES when everything is there. */
        public enum Reply { YES, NO, ARRIVED }

        @Override
        public Kind kind() {
            return Kind.ANSWER;
        }
    }

    /** Asks for part of a catalogue. @param number comes back with the answer @param search part of a name @param from items to pass over */
    record AskCatalogue(int number, String search, int from) implements DeviceMessage {
        @Override
        public Kind kind() {
            return Kind.ASK_CATALOGUE;
        }
    }

    /** @param items at most {@value #MAX_ITEMS} @param more there are more after these */
    record Catalogue(int number, List<Item> items, boolean more) implements DeviceMessage {
        public Catalogue {
            items = List.copyOf(items);
        }

        @Override
        public Kind kind() {
            return Kind.CATALOGUE;
        }
    }

    /** Asks for part of an info dictionary. @param at offset */
    record GetMetainfo(InfoHash hash, int at) implements DeviceMessage {
        @Override
        public Kind kind() {
            return Kind.GET_METAINFO;
        }
    }

    /** Part of an info dictionary. @param total bytes of all of it, 0 if the sender does not give it @param data at most {@value #MAX_DATA} bytes */
    record Metainfo(InfoHash hash, int total, int at, Bytes data) implements DeviceMessage {
        @Override
        public Kind kind() {
            return Kind.METAINFO;
        }
    }

    /** The sender closes the connection on purpose. */
    record Bye() implements DeviceMessage {
        @Override
        public Kind kind() {
            return Kind.BYE;
        }
    }
}
