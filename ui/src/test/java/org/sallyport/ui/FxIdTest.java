package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The contract with QA: ids are unique in the whole app and well formed, and what acts can be read aloud. */
class FxIdTest {
    private static final Path FXML = Path.of("src/main/resources");
    private static final String GOOD_ID =
            "[a-z]+[A-Z][A-Za-z]*(Button|Field|Check|Choice|Table|Label|Badge|Pane|Tree|Tab|Column|Item|Link|Bar)|[a-z]+(Table|Pane)";
    private static final Set<String> ACTING = Set.of("Button", "ToggleButton", "MenuButton", "TextField", "CustomTextField", "TextArea", "CheckBox",
            "RadioButton", "ToggleSwitch", "ChoiceBox", "ComboBox", "TableView", "TreeView", "TabPane", "Hyperlink", "ProgressBar",
            "ProgressIndicator");
    /** Not controls: QA never asks for them. */
    private static final Set<String> INNER = Set.of("themeGroup", "encryptionGroup", "themeIcon", "portIcon", "limitsIcon", "atCapGroup",
            "brushGroup",
             "quitGroup", "quitTooltip", "formatGroup",
            "safetyPortIcon", "safetyScannerIcon", "safetyNetworkIcon", "audienceGroup", "portGroup", "standingIcon", "standingTooltip", "endIcon");

    /** @param screens id to the file it is in */
    record Findings(List<String> problems, Map<String, String> screens) { }

    @Test
    void everyControlHasAUniqueIdAndWordsForTheEar() throws IOException {
        Findings findings = new Findings(new ArrayList<>(), new HashMap<>());
        try (Stream<Path> files = Files.walk(FXML)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".fxml")).sorted().toList()) {
                check(file.getFileName().toString(), Files.readString(file), findings);
            }
        }

        assertThat(findings.problems()).isEmpty();
        assertThat(findings.screens()).hasSizeGreaterThan(100);
    }

    @Test
    void theCheckFindsWhatItIsFor() {
        Findings findings = new Findings(new ArrayList<>(), new HashMap<>());

        check("A.fxml", "<VBox xmlns:fx='x'><Button fx:id='button2' accessibleText='x'/><TextField fx:id='aNameField'/><Label "
                + "fx:id='aNameField'/><Button/></VBox>", findings);

        assertThat(findings.problems()).containsExactly("A.fxml: bad id button2", "A.fxml: aNameField has no accessibleText",
                "A.fxml: id aNameField is also in A.fxml", "A.fxml: a Button without id", "A.fxml: a Button has no accessibleText");
    }

    private static void check(String file, String fxml, Findings findings) {
        NodeList all = parse(fxml).getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            String type = element.getTagName();
            String id = element.getAttribute("fx:id");
            if (INNER.contains(id)) {
                continue;
            }
            if (!id.isEmpty()) {
                if (!id.matches(GOOD_ID)) {
                    findings.problems().add(file + ": bad id " + id);
                }
                String other = findings.screens().put(id, file);
                if (other != null) {
                    findings.problems().add(file + ": id " + id + " is also in " + other);
                }
            }
            if (ACTING.contains(type)) {
                String name = id.isEmpty() ? "a " + type : id;
                if (id.isEmpty()) {
                    findings.problems().add(file + ": " + name + " without id");
                }
                if (element.getAttribute("accessibleText").isEmpty() && !SPOKEN_BY_CODE.contains(id)) {
                    findings.problems().add(file + ": " + name + " has no accessibleText");
                }
            }
            Node text = element.getAttributeNode("text");
            if (text != null && !text.getNodeValue().startsWith("%")) {
                findings.problems().add(file + ": visible text outside of messages.properties: " + text.getNodeValue());
            }
        }
    }

    /** Their words hold a number or a name. */
    private static final Set<String> SPOKEN_BY_CODE = Set.of("removeTrashButton", "askTextField", "askDoButton", "questionKeepButton",
            "questionDoButton", "sharingRemoveConfirmButton", "sharingNewAllowCheck", "welcomePortChoice");

    private static Document parse(String fxml) {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new org.xml.sax.InputSource(new java.io.StringReader(fxml)));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new AssertionError(e);
        }
    }
}
