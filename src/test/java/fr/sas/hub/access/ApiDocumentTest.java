package fr.sas.hub.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.ResolvableType;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Somebody who has only the OpenAPI document can build the platform's screens on it. */
@HubTest
class ApiDocumentTest {

    @LocalServerPort
    int port;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping handlers;

    @Test
    void every_operation_says_in_a_sentence_what_it_does_and_has_a_name_of_its_own() {
        List<String> ids = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        operations().forEach((name, operation) -> {
            ids.add(operation.path("operationId").asText());
            if (operation.path("summary").asText().isBlank()) {
                silent.add(name);
            }
        });

        assertThat(silent).isEmpty();
        assertThat(ids).doesNotHaveDuplicates().noneMatch(id -> id.matches(".*_\\d+"));
    }

    @Test
    void every_parameter_is_explained() {
        List<String> unexplained = new ArrayList<>();
        operations()
                .forEach((name, operation) -> operation.path("parameters").forEach(parameter -> {
                    if (parameter.path("description").asText().isBlank()) {
                        unexplained.add(name + " " + parameter.path("name").asText());
                    }
                }));

        assertThat(unexplained).isEmpty();
    }

    @Test
    void every_field_is_explained() {
        List<String> unexplained = new ArrayList<>();
        document()
                .at("/components/schemas")
                .properties()
                .forEach(schema -> schema.getValue()
                        .path("properties")
                        .properties()
                        .forEach(field -> {
                            if (field.getValue().path("description").asText().isBlank()
                                    && !field.getValue().has("$ref")) {
                                unexplained.add(schema.getKey() + "." + field.getKey());
                            }
                        }));

        assertThat(unexplained).isEmpty();
    }

    /** A schema is called like its record, without its room: of two records of one name, only one would be described. */
    @Test
    void every_document_has_a_name_of_its_own() {
        Map<String, Set<Class<?>>> documents = new TreeMap<>();
        handlers.getHandlerMethods().forEach((mapping, handler) -> {
            if (mapping.getPatternValues().stream().anyMatch(path -> path.startsWith("/api/v1/"))) {
                gather(ResolvableType.forMethodReturnType(handler.getMethod()), documents);
                Stream.of(handler.getMethodParameters())
                        .filter(parameter -> parameter.hasParameterAnnotation(RequestBody.class))
                        .forEach(parameter -> gather(ResolvableType.forMethodParameter(parameter), documents));
            }
        });

        assertThat(documents).hasSizeGreaterThan(50);
        documents.values().removeIf(alike -> alike.size() == 1);
        assertThat(documents).isEmpty();
    }

    private static void gather(ResolvableType type, Map<String, Set<Class<?>>> documents) {
        for (ResolvableType part : type.getGenerics()) {
            gather(part, documents);
        }
        Class<?> record = type.toClass();
        if (record.isRecord()
                && documents
                        .computeIfAbsent(name(record), name -> new HashSet<>())
                        .add(record)) {
            for (RecordComponent field : record.getRecordComponents()) {
                if (!field.getAccessor().isAnnotationPresent(JsonIgnore.class)) {
                    gather(ResolvableType.forMethodReturnType(field.getAccessor()), documents);
                }
            }
        }
    }

    private static String name(Class<?> record) {
        Schema schema = record.getAnnotation(Schema.class);
        return schema == null || schema.name().isEmpty() ? record.getSimpleName() : schema.name();
    }

    @Test
    void every_operation_says_how_it_refuses() {
        List<String> silent = new ArrayList<>();
        operations().forEach((name, operation) -> {
            if (!operation.at("/responses/401/$ref").asText().equals("#/components/responses/Unauthorized")) {
                silent.add(name);
            }
        });

        assertThat(silent).isEmpty();
        assertThat(document()
                        .at("/components/responses/UnprocessableEntity/content/application~1problem+json/schema/$ref")
                        .asText())
                .isEqualTo("#/components/schemas/Problem");
    }

    @Test
    void whoever_may_be_overtaken_is_told_of_versions() {
        JsonNode settings = document().path("paths").path("/api/v1/practitioners/{practitioner}/settings");

        assertThat(settings.at("/get/responses/200/headers/ETag/description").asText())
                .contains("If-Match");
        assertThat(settings.at("/put/responses/412/$ref").asText()).endsWith("/PreconditionFailed");
    }

    private Map<String, JsonNode> operations() {
        Map<String, JsonNode> operations = new TreeMap<>();
        document().path("paths").properties().stream()
                .filter(path -> path.getKey().startsWith("/api/v1/"))
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> operations.put(method.getKey() + " " + path.getKey(), method.getValue())));
        return operations;
    }

    private JsonNode document() {
        return HubClient.at(port).as("test-ops").json("/v3/api-docs");
    }
}
