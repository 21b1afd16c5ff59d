package fr.sas.hub.testing;

import org.springframework.boot.logging.logback.LogbackLoggingSystem;

/**
 * All hubs of this process write to one log, which stays as the first has set it up. Spring Boot gives it up when a hub is closed or
 * does not start, and the next to start would set it up anew, without what tests beside it read it with.
 */
public final class OneLog extends LogbackLoggingSystem {

    public OneLog(ClassLoader classLoader) {
        super(classLoader);
    }

    @Override
    public void cleanUp() {
        // others still write to it
    }
}
