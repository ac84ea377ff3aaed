package org.sallyport.planted.core.metainfo;

import com.google.common.collect.ImmutableList;

interface UsesUnlisted {
    ImmutableList<String> names();
}
