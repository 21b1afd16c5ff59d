package fr.sas.hub.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** {@link TestKafka} runs, beside other tests that use it; those in which it is away have it for themselves. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(TestKafka.class)
@ResourceLock(value = TestKafka.LOCK, mode = ResourceAccessMode.READ)
public @interface UsesKafka {}
