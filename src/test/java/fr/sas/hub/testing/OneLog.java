package fr.sas.hub.testing;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * All hubs of this process write to one log, which stays as the first has set it up. Otherwise Spring Boot would give it up whenever a
 * hub is closed, and the next to start would set it up anew, without what tests beside it read it with. A context that has a bean of
 * this name already gets none that gives it up.
 */
public final class OneLog implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        context.getBeanFactory().registerSingleton("springBootLoggingLifecycle", this);
    }
}
