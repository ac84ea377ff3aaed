package org.sallyport.app.interop;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The test runs on the {@link Lab} and takes a {@link Scene}. Where one of the tools is missing it is skipped with a printed line, or
 * fails when the system property {@code sallyport.clients.required} is {@code true}. On a class: for all its tests.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith({ToolCondition.class, SceneExtension.class})
@interface Needs {

    Tool[] value();
}
