package org.sallyport.core.model;

import java.util.List;

/** Everything others can get from this computer, at one moment. @param shares complete: what is not in it, nobody gets */
public record SharesState(List<ShareSnapshot> shares, List<AllowedFolder> folders) {
    public static final SharesState NONE = new SharesState(List.of(), List.of());

    public SharesState {
        shares = List.copyOf(shares);
        folders = List.copyOf(folders);
    }
}
