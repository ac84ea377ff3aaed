package org.sallyport.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import org.junit.jupiter.api.Test;

class LogProviderTest {
    @Test
    void warningsOfAllAndTheWordOfOursAreLogged() {
        LogProvider provider = new LogProvider();

        provider.initialize();

        LoggerContext context = (LoggerContext) provider.getLoggerFactory();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        assertThat(root.getLevel()).isEqualTo(Level.WARN);
        assertThat(root.iteratorForAppenders()).toIterable().singleElement().satisfies(console -> assertThat(console.isStarted()).isTrue());
        assertThat(context.getLogger("org.sallyport.core.engine").getEffectiveLevel()).isEqualTo(Level.INFO);
        assertThat(context.isStarted()).isTrue();
        context.stop();
    }
}
