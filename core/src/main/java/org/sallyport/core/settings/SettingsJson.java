package org.sallyport.core.settings;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Optional;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.RefusedException;

/** Settings as JSON that people can read and edit. */
final class SettingsJson {
    private static final int MAX_DEPTH = 32;
    private static final JsonMapper MAPPER = mapper();

    private SettingsJson() { }

    private static JsonMapper mapper() {
        JsonMapper mapper = JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION)
                .build();
        mapper.getFactory().setStreamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build());
        return mapper;
    }

    static String write(Settings settings) {
        try {
            return MAPPER.writeValueAsString(settings) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("settings are plain values", e);
        }
    }

    /**
     * Reads settings; what is missing has its default, what is unknown is ignored.
     *
     * @throws RefusedException {@code settings.syntax} if it is not JSON or a value has the wrong type, or the finding of {@link SettingsCheck}
     */
    static Settings read(String text) throws RefusedException {
        Settings settings;
        try {
            ObjectNode known = MAPPER.valueToTree(Settings.DEFAULT);
            overlay(known, MAPPER.readTree(text), "");
            settings = MAPPER.treeToValue(known, Settings.class);
        } catch (JsonProcessingException e) {
            throw new RefusedException("settings.syntax", "The settings file cannot be understood: " + e.getOriginalMessage()
                    + ". Correct it, or delete it to start anew.");
        }
        Optional<Refusal> refusal = SettingsCheck.check(settings);
        if (refusal.isPresent()) {
            throw new RefusedException(refusal.get());
        }
        return settings;
    }

    /** Jackson would fill what is missing in a record with 0 and false: so the file is laid over the defaults. */
    private static void overlay(ObjectNode known, JsonNode given, String place) throws RefusedException {
        if (!given.isObject()) {
            throw wrongType(place.isEmpty() ? "the file" : place);
        }
        for (Iterator<String> names = known.fieldNames(); names.hasNext();) {
            String name = names.next();
            JsonNode value = given.path(name);
            if (value.isMissingNode()) {
                continue;
            }
            if (known.get(name) instanceof ObjectNode inner) {
                overlay(inner, value, place + name + ".");
            } else if (value.getNodeType() == known.get(name).getNodeType() && (value.isValueNode() || isListOfTexts(value))) {
                known.replace(name, value);
            } else {
                throw wrongType(place + name);
            }
        }
    }

    private static boolean isListOfTexts(JsonNode value) {
        for (JsonNode each : value) {
            if (!each.isTextual()) {
                return false;
            }
        }
        return value.isArray();
    }

    private static RefusedException wrongType(String name) {
        return new RefusedException("settings.syntax", "The settings file has a value of the wrong kind: " + name
                + ". Correct it, or delete the file to start anew.");
    }
}
