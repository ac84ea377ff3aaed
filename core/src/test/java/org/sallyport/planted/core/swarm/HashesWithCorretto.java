package org.sallyport.planted.core.swarm;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;

interface HashesWithCorretto {
    AmazonCorrettoCryptoProvider provider();
}
