package fr.sas.hub.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.tngtech.archunit.core.domain.JavaClass;
import fr.sas.hub.testing.HubClasses;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The hub makes records only of documents that it stored itself. A newer node beside this one, or before it, may have added
 * a field to them.
 */
class StoredDocumentsTest {

    record Document(String known) {}

    static List<Class<?>> readers() {
        return makersOfRecords()
                .filter(type -> mappers(type).findAny().isPresent())
                .toList();
    }

    @Test
    void one_of_them_has_its_reader_from_elsewhere() {
        assertThat(makersOfRecords().filter(type -> mappers(type).findAny().isEmpty()))
                .extracting(Class::getSimpleName)
                .containsExactly("SettingsJson");
    }

    @ParameterizedTest
    @MethodSource("readers")
    void a_document_with_a_field_of_a_newer_hub_is_read(Class<?> reader) {
        assertThat(mappers(reader))
                .allSatisfy(mapper -> assertThat(
                                mapper.readValue("{\"known\": \"word\", \"newer\": {\"of\": [1]}}", Document.class))
                        .isEqualTo(new Document("word")));
    }

    private static Stream<Class<?>> makersOfRecords() {
        return HubClasses.ALL.stream().filter(StoredDocumentsTest::makesRecords).map(JavaClass::reflect);
    }

    private static boolean makesRecords(JavaClass type) {
        return type.getMethodCallsFromSelf().stream()
                .filter(call -> call.getTargetOwner().isAssignableTo(ObjectMapper.class)
                        || call.getTargetOwner().isAssignableTo(ObjectReader.class))
                .anyMatch(call -> call.getName().matches("readValues?|treeToValue|convertValue"));
    }

    private static Stream<ObjectMapper> mappers(Class<?> reader) {
        return Arrays.stream(reader.getDeclaredFields())
                .filter(field ->
                        Modifier.isStatic(field.getModifiers()) && ObjectMapper.class.isAssignableFrom(field.getType()))
                .map(StoredDocumentsTest::mapper);
    }

    private static ObjectMapper mapper(Field field) {
        try {
            field.setAccessible(true);
            return (ObjectMapper) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
