package org.sallyport.app.interop;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Gives each test its {@link Scene} on the one {@link Lab}, adds the logs of all its programs to a failure, and clears up. */
final class SceneExtension implements ParameterResolver, TestExecutionExceptionHandler, AfterEachCallback {

    private static final Namespace STORE = Namespace.create(SceneExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Scene.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return scene(context);
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        failure.addSuppressed(new ProgramLogs(scene(context).logs()));
        throw failure;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        scene(context).close();
    }

    private static Scene scene(ExtensionContext context) {
        return context.getStore(STORE).getOrComputeIfAbsent(Scene.class, key -> new Scene(lab(context)), Scene.class);
    }

    private static Lab lab(ExtensionContext context) {
        return context.getRoot().getStore(STORE).getOrComputeIfAbsent(Lab.class, key -> Lab.open(), Lab.class);
    }

    /** Not an error: carries the logs into the report of the failed test. */
    private static final class ProgramLogs extends Exception {
        ProgramLogs(String logs) {
            super(logs, null, false, false);
        }
    }
}
