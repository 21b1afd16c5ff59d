package fr.sas.hub.access;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;

/**
 * Adds what all operations of {@code /api/v1} have in common to the OpenAPI document once: error responses, shared
 * parameters, versions. An operation documents only what is specific to it.
 */
@Component
class ApiEdges implements GlobalOpenApiCustomizer, GlobalOperationCustomizer {

    private static final String ANSWERED_HERE = "/api/v1/";

    /** By status code and, in the document, by name. */
    private static final Map<Integer, String> REFUSALS = refusals();

    private static final Map<String, SharedParameter> PARAMETERS = Map.of(
            "practitioner",
            new SharedParameter("National id: 8 + RPPS, or 0 + ADELI", "810001234567"),
            "facility",
            new SharedParameter("National id: 1 + FINESS, or 3 + SIRET", "1750000001"),
            "nationalId",
            new SharedParameter("National id: 8 + RPPS or 0 + ADELI; 1 + FINESS or 3 + SIRET", "1750000001"),
            "entry",
            new SharedParameter("Id of an entry of the agenda", "0197a3f4-1c2b-7def-8a90-123456789abc"),
            "date",
            new SharedParameter("Local date at the place; it identifies an occurrence of a weekly entry", "2026-06-12"),
            "place",
            new SharedParameter("The directory's id of a place, or the national id of its structure", "1750000001"),
            "from",
            new SharedParameter("First day, in the places' time zones", "2026-06-12"),
            "to",
            new SharedParameter("Last day, inclusive", "2026-06-19"),
            "If-Match",
            new SharedParameter(
                    "The ETag last read. A stale one is refused with 412 and changes nothing; without it the last"
                            + " writer wins",
                    "\"3\""),
            Person.HEADER,
            new SharedParameter(
                    "The person on whose behalf the client calls: practitioner and a national id; delegate, manager or"
                            + " account-manager and an e-mail address. They may do what their kind of person may, for those they act"
                            + " for: elsewhere nothing is found (404), and what no person of their kind may is refused (403). If absent, the client acts for itself",
                    "practitioner 810001234567"));

    /** Below these paths, a client may name the person it calls for. */
    private static final List<String> FOR_PERSONS =
            List.of("/api/v1/practitioners/", "/api/v1/facilities/", "/api/v1/delegations", "/api/v1/managers");

    private record SharedParameter(String description, String example) {}

    private final Properties glossary = glossary();

    private static Properties glossary() {
        try {
            return PropertiesLoaderUtils.loadProperties(new ClassPathResource("openapi-glossary.properties"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void customise(OpenAPI document) {
        Components components = Objects.requireNonNullElseGet(document.getComponents(), Components::new);
        document.setComponents(components);
        components.addSchemas("Problem", problem());
        components.getSchemas().values().forEach(this::explainFields);
        REFUSALS.forEach((status, meaning) -> components.addResponses(name(status), refusal(meaning)));
        document.getPaths().forEach((path, item) -> {
            if (path.startsWith(ANSWERED_HERE)) {
                boolean versioned = item.readOperations().stream().anyMatch(operation -> takes(operation, "If-Match"));
                boolean forPersons = FOR_PERSONS.stream().anyMatch(path::startsWith);
                item.readOperations().stream()
                        .filter(operation -> forPersons && !takes(operation, Person.HEADER))
                        .forEach(operation -> operation.addParametersItem(
                                new HeaderParameter().name(Person.HEADER).schema(new StringSchema())));
                item.readOperationsMap().forEach((method, operation) -> {
                    operation.operationId(ownName(path, operation.getOperationId()));
                    complete(method, operation, versioned);
                });
            }
        });
    }

    private void explainFields(Schema<?> schema) {
        Map<String, Schema> fields = Objects.requireNonNullElse(schema.getProperties(), Map.of());
        fields.forEach((name, field) -> {
            if (field.getDescription() == null && field.get$ref() == null) {
                field.setDescription(glossary.getProperty(name));
            }
        });
    }

    /** Named by room and method, so that generated clients keep their names when operations are added. */
    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        String room = handler.getBeanType().getSimpleName().replaceAll("(Endpoint|Api)$", "");
        return operation.operationId(room.substring(0, 1).toLowerCase(Locale.ROOT) + room.substring(1) + "."
                + handler.getMethod().getName());
    }

    /** One method may serve both practitioners and health centres: each gets a name of its own. */
    private static String ownName(String path, String id) {
        String name = id.replaceAll("_\\d+$", "");
        return path.startsWith("/api/v1/practitioners/{nationalId}/")
                ? "practitioner." + name
                : path.startsWith("/api/v1/facilities/{nationalId}/") ? "facility." + name : name;
    }

    private void complete(PathItem.HttpMethod method, Operation operation, boolean versioned) {
        parameters(operation).forEach(this::describe);
        ApiResponse done = operation.getResponses().get("200");
        if (method == PathItem.HttpMethod.DELETE && done != null && done.getContent() == null) {
            operation.getResponses().remove("200");
            operation.getResponses().addApiResponse("204", done.description("Done"));
        }
        refusalsOf(operation).forEach(status -> {
            if (!operation.getResponses().containsKey(status.toString())) {
                operation
                        .getResponses()
                        .addApiResponse(
                                status.toString(), new ApiResponse().$ref("#/components/responses/" + name(status)));
            }
        });
        if (versioned && method != PathItem.HttpMethod.DELETE) {
            operation.getResponses().forEach((status, response) -> {
                if (status.startsWith("2")) {
                    response.addHeaderObject(
                            "ETag",
                            new Header()
                                    .description("The current version, to be sent as If-Match")
                                    .schema(new StringSchema().example("\"3\"")));
                }
            });
        }
    }

    private void describe(Parameter parameter) {
        SharedParameter shared = PARAMETERS.get(parameter.getName());
        if (shared != null && parameter.getDescription() == null) {
            parameter.setDescription(shared.description());
        }
        if (shared != null && parameter.getExample() == null) {
            parameter.setExample(shared.example());
        }
        if (parameter.getDescription() == null) {
            parameter.setDescription(glossary.getProperty("parameter." + parameter.getName()));
        }
    }

    private static Set<Integer> refusalsOf(Operation operation) {
        Set<Integer> statuses = new TreeSet<>(List.of(401, 403, 503));
        if (operation.getRequestBody() != null) {
            statuses.addAll(List.of(400, 413, 415, 422));
        }
        if (parameters(operation).anyMatch(parameter -> parameter.getIn().equals("path"))) {
            statuses.add(404);
        }
        if (parameters(operation).anyMatch(parameter -> parameter.getIn().equals("query"))) {
            statuses.addAll(List.of(400, 422));
        }
        if (takes(operation, "If-Match")) {
            statuses.add(412);
        }
        return statuses;
    }

    private static boolean takes(Operation operation, String parameter) {
        return parameters(operation).anyMatch(each -> each.getName().equals(parameter));
    }

    private static Stream<Parameter> parameters(Operation operation) {
        return Stream.ofNullable(operation.getParameters()).flatMap(List::stream);
    }

    private static Map<Integer, String> refusals() {
        Map<Integer, String> refusals = new LinkedHashMap<>();
        refusals.put(400, "The request is malformed: unreadable JSON, an unknown field, a value in the wrong format");
        refusals.put(401, "The token is missing or unknown");
        refusals.put(403, "The caller's role, or the acting person, does not have access");
        refusals.put(404, "Not found");
        refusals.put(412, "It was changed since it was last read; nothing was changed");
        refusals.put(413, "The body exceeds one megabyte");
        refusals.put(415, "The body is not JSON");
        refusals.put(422, "Some fields break a rule; `errors` lists each, and nothing was changed");
        refusals.put(503, "The database is unavailable; nothing was changed. Retry after Retry-After seconds");
        return refusals;
    }

    private static String name(int status) {
        return StatusTitles.of(HttpStatus.valueOf(status)).english().replace(" ", "");
    }

    private static ApiResponse refusal(String meaning) {
        return new ApiResponse()
                .description(meaning)
                .content(new Content()
                        .addMediaType(
                                org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                                new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem"))));
    }

    private static Schema<?> problem() {
        Schema<?> fault = new ObjectSchema()
                .addProperty(
                        "field",
                        new StringSchema()
                                .description("JSON path of the faulty field")
                                .example("periods[0].to"))
                .addProperty(
                        "message",
                        new StringSchema()
                                .description(
                                        "The rule it breaks: in French, a complete sentence for a person; in English,"
                                                + " for developers, a phrase that continues from the field's name")
                                .example("La date de fin ne peut pas être avant la date de début."));
        return new ObjectSchema()
                .description("The error (RFC 9457), in French, or in English if Accept-Language asks for it")
                .addProperty(
                        "type",
                        new StringSchema().description("Always about:blank").example("about:blank"))
                .addProperty(
                        "title",
                        new StringSchema().description("The status in words").example("Saisie non valable"))
                .addProperty(
                        "status",
                        new IntegerSchema().description("The HTTP status").example(422))
                .addProperty(
                        "detail",
                        new StringSchema()
                                .description("What happened, for a person")
                                .example("Certains champs sont à corriger."))
                .addProperty("instance", new StringSchema().description("The requested path"))
                .addProperty(
                        "right",
                        new StringSchema()
                                .description("With a 403 for an acting person: the missing right")
                                .example("settings:write"))
                .addProperty(
                        "errors",
                        new ArraySchema()
                                .items(fault)
                                .description(
                                        "One entry per faulty field; absent when no particular field is at fault"));
    }
}
