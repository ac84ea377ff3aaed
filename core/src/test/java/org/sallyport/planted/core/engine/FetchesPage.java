package org.sallyport.planted.core.engine;

import org.apache.hc.client5.http.classic.HttpClient;

interface FetchesPage {
    void fetch(HttpClient client);
}
