package fr.sas.hub;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/** The settings of the hub's own, read from the records that hold them: name such as {@code hub.clients[*].id} to default. */
final class HubSettings {

    private HubSettings() {}

    /** @return by name; the default is empty where there is none */
    static Map<String, String> all() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        Map<String, String> settings = new TreeMap<>();
        scanner.findCandidateComponents("fr.sas.hub").forEach(found -> {
            Class<?> type = ClassUtils.resolveClassName(
                    java.util.Objects.requireNonNull(found.getBeanClassName()), HubSettings.class.getClassLoader());
            collect(type.getAnnotation(ConfigurationProperties.class).value(), type, settings);
        });
        return settings;
    }

    private static void collect(String prefix, Class<?> type, Map<String, String> settings) {
        for (RecordComponent component : type.getRecordComponents()) {
            String name = prefix + "." + dashed(component.getName());
            if (Collection.class.isAssignableFrom(component.getType())
                    && elementOf(component).isRecord()) {
                collect(name + "[*]", elementOf(component), settings);
            } else {
                settings.put(name, defaultOf(type, component));
            }
        }
    }

    private static Class<?> elementOf(RecordComponent component) {
        return (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
    }

    /** The annotation sits on the constructor's parameter. */
    private static String defaultOf(Class<?> type, RecordComponent component) {
        return Arrays.stream(type.getDeclaredConstructors()[0].getParameters())
                .filter(parameter -> parameter.getName().equals(component.getName()))
                .map(parameter -> parameter.getAnnotation(DefaultValue.class))
                .filter(java.util.Objects::nonNull)
                .map(value -> String.join(",", value.value()))
                .findFirst()
                .orElse("");
    }

    private static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
    }
}
