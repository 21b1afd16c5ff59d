package fr.sas.hub.testing;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.parallel.ResourceLocksProvider;
import org.springframework.boot.test.context.SpringBootTestContextBootstrapper;
import org.springframework.test.context.cache.DefaultCacheAwareContextLoaderDelegate;
import org.springframework.test.context.support.DefaultBootstrapContext;

/**
 * Test classes that share a hub run one after the other, because they empty its tables, add vendors and move its clock. Only matters
 * where classes run in parallel ({@code junit-platform.properties}). The lock is named after the key of Spring's context cache.
 */
public final class OneHubOneTest implements ResourceLocksProvider {

    @Override
    public Set<Lock> provideForClass(Class<?> test) {
        return lock(test);
    }

    @Override
    public Set<Lock> provideForNestedClass(List<Class<?>> enclosing, Class<?> test) {
        return lock(test);
    }

    private static Set<Lock> lock(Class<?> test) {
        return Set.of(new Lock(hub(test)));
    }

    /** Equal for classes that share one, in this process. */
    static String hub(Class<?> test) {
        SpringBootTestContextBootstrapper hub = new SpringBootTestContextBootstrapper();
        hub.setBootstrapContext(new DefaultBootstrapContext(test, new DefaultCacheAwareContextLoaderDelegate()));
        return "hub " + hub.buildMergedContextConfiguration().hashCode();
    }
}
