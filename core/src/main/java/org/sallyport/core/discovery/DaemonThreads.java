package org.sallyport.core.discovery;

import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** Named threads that do not keep the program alive. */
public final class DaemonThreads {
    private DaemonThreads() { }

    public static ThreadFactory named(String name) {
        ThreadFactory plain = Executors.defaultThreadFactory();
        return task -> {
            Thread thread = plain.newThread(task);
            thread.setName(name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
