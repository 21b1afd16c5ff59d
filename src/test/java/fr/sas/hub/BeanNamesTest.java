package fr.sas.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import fr.sas.hub.testing.HubClasses;
import java.beans.Introspector;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/** Some beans exist only where a setting asks for them: two of one name would meet in production for the first time. */
class BeanNamesTest {

    @Test
    void no_two_beans_have_the_same_name() {
        Map<String, String> owners = new TreeMap<>();
        for (JavaClass type : HubClasses.ALL) {
            if (!type.isAnnotation() && type.isMetaAnnotatedWith(Component.class)) {
                claim(owners, Introspector.decapitalize(type.getSimpleName()), type.getName());
            }
            type.getMethods().stream()
                    .filter(method -> method.isAnnotatedWith(Bean.class))
                    .forEach(method -> claim(owners, method.getName(), method.getFullName()));
        }

        assertThat(owners).hasSizeGreaterThan(100);
    }

    private static void claim(Map<String, String> owners, String bean, String owner) {
        String other = owners.put(bean, owner);
        assertThat(other).as("the bean %s of %s", bean, owner).isNull();
    }
}
