package fr.sas.hub.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrdererContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.platform.commons.support.AnnotationSupport;
import org.springframework.test.context.TestPropertySource;

class SharedHubsApartTest {

    @Test
    void those_of_the_most_used_hub_come_first_and_those_of_another_last_each_as_they_were_given() {
        assertThat(ordered(
                        People.class,
                        Third.class,
                        WithSettings.class,
                        First.class,
                        WithoutHub.class,
                        OtherPeople.class,
                        Second.class))
                .containsExactly(
                        Third.class,
                        First.class,
                        Second.class,
                        WithSettings.class,
                        WithoutHub.class,
                        People.class,
                        OtherPeople.class);
    }

    @Test
    void of_two_hubs_that_as_many_share_the_one_of_the_first_name_comes_first_however_they_were_given() {
        assertThat(ordered(People.class, Second.class, OtherPeople.class, First.class))
                .containsExactly(Second.class, First.class, People.class, OtherPeople.class);
        assertThat(ordered(First.class, OtherPeople.class, Second.class, People.class))
                .containsExactly(First.class, Second.class, OtherPeople.class, People.class);
    }

    private static List<Class<?>> ordered(Class<?>... given) {
        List<ClassDescriptor> classes =
                new ArrayList<>(Stream.of(given).map(Described::new).toList());
        new SharedHubsApart().orderClasses(new Given(classes));
        return classes.stream().<Class<?>>map(ClassDescriptor::getTestClass).toList();
    }

    @HubTest
    private static final class First {}

    @HubTest
    @ResourceLock(Resources.SYSTEM_OUT)
    private static final class Second {}

    @HubTest
    private static final class Third {}

    @HubTest
    @TestPropertySource(properties = "hub.nobody=shares this")
    private static final class WithSettings {}

    @ResourceLock(Resources.SYSTEM_OUT)
    private static final class WithoutHub {}

    @PeopleHubTest
    private static final class People {}

    @PeopleHubTest
    private static final class OtherPeople {}

    private record Given(List<ClassDescriptor> classes) implements ClassOrdererContext {

        @Override
        public List<? extends ClassDescriptor> getClassDescriptors() {
            return classes;
        }

        @Override
        public Optional<String> getConfigurationParameter(String key) {
            return Optional.empty();
        }
    }

    private record Described(Class<?> type) implements ClassDescriptor {

        @Override
        public Class<?> getTestClass() {
            return type;
        }

        @Override
        public String getDisplayName() {
            return type.getSimpleName();
        }

        @Override
        public boolean isAnnotated(Class<? extends Annotation> annotation) {
            return AnnotationSupport.isAnnotated(type, annotation);
        }

        @Override
        public <A extends Annotation> Optional<A> findAnnotation(Class<A> annotation) {
            return AnnotationSupport.findAnnotation(type, annotation);
        }

        @Override
        public <A extends Annotation> List<A> findRepeatableAnnotations(Class<A> annotation) {
            return AnnotationSupport.findRepeatableAnnotations(type, annotation);
        }
    }
}
