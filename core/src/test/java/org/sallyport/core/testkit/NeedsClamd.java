package org.sallyport.core.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The tests of this class start a real {@link RealClamd}. Where it is not installed they are skipped with a printed line, or fail when the system
 * property {@code sallyport.clients.required} is {@code true}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsClamd.Condition.class)
public @interface NeedsClamd {

    /** Looks for the program. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (Files.isExecutable(RealClamd.PROGRAM)) {
                return ConditionEvaluationResult.enabled("clamd is installed");
            }
            String reason = context.getDisplayName() + ": " + RealClamd.PROGRAM + " is missing; on Debian install clamav-daemon";
            if (Boolean.getBoolean("sallyport.clients.required")) {
                throw new AssertionError("sallyport.clients.required is set, and " + reason);
            }
            System.out.println("SKIPPED " + reason);
            return ConditionEvaluationResult.disabled(reason);
        }
    }
}
