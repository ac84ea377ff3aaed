package org.sallyport.app.interop;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Skips what cannot run on this machine, and says what and why; with {@code sallyport.clients.required=true} it fails instead. */
final class ToolCondition implements ExecutionCondition {

    private static final Map<Tool, Optional<String>> KNOWN = new EnumMap<>(Tool.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Optional<Needs> needs = AnnotationSupport.findAnnotation(context.getElement(), Needs.class);
        if (needs.isEmpty()) {
            return ConditionEvaluationResult.enabled("needs nothing special");
        }
        for (Tool tool : needs.get().value()) {
            Optional<String> missing = KNOWN.computeIfAbsent(tool, Tool::missing);
            if (missing.isPresent()) {
                return refuse(context.getDisplayName() + ": " + missing.get());
            }
        }
        return ConditionEvaluationResult.enabled("everything is installed");
    }

    private static ConditionEvaluationResult refuse(String reason) {
        if (Boolean.getBoolean("sallyport.clients.required")) {
            throw new AssertionError("sallyport.clients.required is set, and " + reason);
        }
        System.out.println("SKIPPED " + reason);
        return ConditionEvaluationResult.disabled(reason);
    }
}
