package org.sallyport.planted.core.policy;

import com.fasterxml.jackson.databind.JsonNode;

interface ReadsJson {
    boolean decide(JsonNode facts);
}
