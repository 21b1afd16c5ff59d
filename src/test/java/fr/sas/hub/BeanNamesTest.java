package fr.sas.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import fr.sas.hub.testing.HubClasses;
import java.beans.Introspector;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/** Some beans exist only where a setting asks for them: two of one name would meet in production for the first time. */
class BeanNamesTest {

    @Test
    void no_two_beans_have_the_same_name() {
        assertThat(owners(HubClasses.ALL)).hasSizeGreaterThan(100);
    }

    /** The demo and the benchmark start outside the tests only. */
    @ParameterizedTest
    @ValueSource(strings = {"fr.sas.hub.demo", "fr.sas.hub.bench"})
    void the_demo_and_the_benchmark_take_no_name_of_a_bean_of_the_hub(String program) {
        List<JavaClass> both = Stream.concat(
                        HubClasses.ALL.stream(),
                        HubClasses.TESTS.stream()
                                .filter(type -> type.getPackageName().startsWith(program)))
                .toList();

        assertThat(owners(both)).hasSizeGreaterThan(owners(HubClasses.ALL).size());
    }

    private static Map<String, String> owners(Collection<JavaClass> types) {
        Map<String, String> owners = new TreeMap<>();
        for (JavaClass type : types) {
            if (!type.isAnnotation() && type.isMetaAnnotatedWith(Component.class)) {
                claim(owners, Introspector.decapitalize(type.getSimpleName()), type.getName());
            }
            type.getMethods().stream()
                    .filter(method -> method.isAnnotatedWith(Bean.class))
                    .forEach(method -> claim(owners, method.getName(), method.getFullName()));
        }
        return owners;
    }

    private static void claim(Map<String, String> owners, String bean, String owner) {
        String other = owners.put(bean, owner);
        assertThat(other).as("the bean %s of %s", bean, owner).isNull();
    }
}
