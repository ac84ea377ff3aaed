package org.sallyport.planted.core.discovery;

import java.net.http.HttpClient;

interface FetchesWithJdk {
    void fetch(HttpClient client);
}
