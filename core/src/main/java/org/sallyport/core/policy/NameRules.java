package org.sallyport.core.policy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.policy.PolicyRequest.ChooseFiles;
import org.sallyport.core.policy.PolicyRequest.RiskyFile;
import org.sallyport.core.settings.Settings;

/** Files whose names are risky: never, only after a question, or freely, as the settings say. */
final class NameRules {
    /** More names make no sentence. */
    private static final int NAMED = 3;

    private NameRules() { }

    static List<PolicyRule> all() {
        return List.of(new Blocked(), new Asked());
    }

    private static String tell(List<RiskyFile> files) {
        String some = files.stream().limit(NAMED).map(file -> "\"" + file.path() + "\" (" + file.flag().words() + ")")
                .collect(Collectors.joining(", "));
        return some + (files.size() > NAMED ? " and " + (files.size() - NAMED) + " more" : "");
    }

    /** No agreement helps. */
    private static final class Blocked implements PolicyRule {
        @Override
        public String id() {
            return "names.blocked";
        }

        @Override
        public Optional<Refusal> check(PolicyRequest request, Settings settings) {
            if (!(request instanceof ChooseFiles choice)) {
                return Optional.empty();
            }
            List<RiskyFile> blocked = choice.risky().stream().filter(file -> settings.screening().risky().blocks(file.flag().risk())).toList();
            return blocked.isEmpty() ? Optional.empty() : Optional.of(new Refusal(id(), "Not downloaded because of risky names: " + tell(blocked)
                    + ". Such files can take over a computer. Leave them out, or change what the settings say about risky names."));
        }
    }

    /** Only when somebody has read the names. */
    private static final class Asked implements PolicyRule {
        @Override
        public String id() {
            return "names.ask";
        }

        @Override
        public Optional<Refusal> check(PolicyRequest request, Settings settings) {
            if (!(request instanceof ChooseFiles choice) || choice.accepted()) {
                return Optional.empty();
            }
            List<RiskyFile> asked = choice.risky().stream().filter(file -> settings.screening().risky().asks(file.flag().risk())).toList();
            return asked.isEmpty() ? Optional.empty() : Optional.of(new Refusal(id(), "These names are risky: " + tell(asked)
                    + ". Opening such a file can take over a computer. Leave them out, or say that you accept them."));
        }
    }
}
