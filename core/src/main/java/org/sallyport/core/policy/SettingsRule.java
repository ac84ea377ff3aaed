package org.sallyport.core.policy;

import java.util.Optional;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.settings.SettingsCheck;

/** New settings must be within their ranges; the refusal carries the id of the setting's own rule. */
final class SettingsRule implements PolicyRule {
    @Override
    public String id() {
        return "policy.settings";
    }

    @Override
    public Optional<Refusal> check(PolicyRequest request, Settings settings) {
        return request instanceof PolicyRequest.ChangeSettings change ? SettingsCheck.check(change.to()) : Optional.empty();
    }
}
