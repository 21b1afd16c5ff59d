package fr.sas.hub.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import ca.uhn.fhir.validation.ValidationOptions;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.sas.hub.json.BoundedJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.UnknownCodeSystemWarningValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.utilities.npm.NpmPackage;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The profiles that vendors must conform to and that the hub serves: the files in {@code hub.fhir-profiles}, plus any
 * FHIR packages ({@code *.tgz}) placed there. Validation is slow and memory-hungry (all of FHIR's definitions are held
 * in memory), so nothing is loaded before the first check, and everything is released a few minutes after the last.
 */
@Component
public class FhirProfiles {

    /**
     * Largest resource worth checking, in bytes: validation time grows with the square of the number of findings, so an
     * answer with thousands of slots would take minutes. A typical answer (25 practitioners, 500 slots) is 600,000
     * bytes.
     */
    public static final long LARGEST_CHECKED = 2_000_000;

    private static final List<String> DEFINITIONS = List.of("StructureDefinition", "ValueSet", "CodeSystem");

    private static final JsonMapper JSON = BoundedJson.mapper().build();

    private final FhirContext fhir;
    private final Path folder;
    private final Cache<Path, FhirValidator> loaded =
            Caffeine.newBuilder().expireAfterAccess(Duration.ofMinutes(10)).build();

    FhirProfiles(FhirContext fhir, @Value("${hub.fhir-profiles}") Path folder) {
        this.fhir = fhir;
        this.folder = folder;
    }

    /** The severity of a finding. */
    public enum Severity {
        ERROR,
        WARNING
    }

    /**
     * @param path such as {@code Bundle.entry[3].resource.start}
     * @param sentence the validator's own message
     */
    public record Finding(Severity severity, String path, String sentence) {}

    /**
     * Checks a resource (JSON) against one profile and against the profiles it declares.
     *
     * @param profile canonical URL, see {@link FhirVocabulary}
     * @throws IllegalStateException when a file in the folder cannot be read; the message names the file
     */
    public List<Finding> check(String json, String profile) {
        return validated(loaded.get(folder, this::load), json, profile).stream()
                .filter(message -> message.getSeverity().ordinal() >= ResultSeverityEnum.WARNING.ordinal())
                .map(FhirProfiles::finding)
                .toList();
    }

    /** The validator casts what it finds in {@code meta}, and fails on a resource whose {@code meta} is no object. */
    private static List<SingleValidationMessage> validated(FhirValidator validator, String json, String profile) {
        try {
            return validator
                    .validateWithResult(json, new ValidationOptions().addProfile(profile))
                    .getMessages();
        } catch (ClassCastException | IllegalStateException | UnsupportedOperationException e) {
            if (!hasOddMeta(json)) {
                throw e;
            }
            SingleValidationMessage message = new SingleValidationMessage();
            message.setSeverity(ResultSeverityEnum.ERROR);
            message.setLocationString("meta");
            message.setMessage("It cannot be validated against profiles: meta is not as FHIR defines it");
            return List.of(message);
        }
    }

    private static boolean hasOddMeta(String json) {
        try {
            return JSON.readTree(json).findValues("meta").stream().anyMatch(meta -> !meta.isObject());
        } catch (IOException e) {
            return false;
        }
    }

    /** Releases the memory used by validation; the next check reloads everything. */
    public void letGo() {
        loaded.invalidateAll();
    }

    private static Finding finding(SingleValidationMessage message) {
        Severity severity = message.getSeverity() == ResultSeverityEnum.WARNING ? Severity.WARNING : Severity.ERROR;
        String path = message.getLocationString() == null ? "" : withoutTypes(message.getLocationString());
        return new Finding(severity, path, message.getMessage());
    }

    /** The validator writes {@code resource/*Slot/s1*}{@code /}; this is removed from the path. */
    private static String withoutTypes(String location) {
        return location.replaceAll("/\\*[^*]*\\*/", "");
    }

    private FhirValidator load(Path folder) {
        PrePopulatedValidationSupport own = new PrePopulatedValidationSupport(fhir);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".json")) {
                    add(own, Files.readString(file), file);
                } else if (name.endsWith(".tgz")) {
                    addPackage(own, file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The profiles in " + folder + " cannot be read", e);
        }
        ValidationSupportChain chain = new ValidationSupportChain(
                new DefaultProfileValidationSupport(fhir),
                own,
                new CommonCodeSystemsTerminologyService(fhir),
                new InMemoryTerminologyServerValidationSupport(fhir),
                new SnapshotGeneratingValidationSupport(fhir),
                new UnknownCodeSystemWarningValidationSupport(fhir));
        FhirInstanceValidator instances = new FhirInstanceValidator(chain);
        instances.setAnyExtensionsAllowed(true);
        instances.setErrorForUnknownProfiles(false);
        return fhir.newValidator().registerValidatorModule(instances);
    }

    private void add(PrePopulatedValidationSupport own, String json, Path file) {
        try {
            IBaseResource resource = fhir.newJsonParser().parseResource(json);
            if (DEFINITIONS.contains(resource.fhirType())) {
                own.addResource(resource);
            }
        } catch (RuntimeException e) {
            throw new IllegalStateException(file + " is not a readable FHIR R4 definition: " + e.getMessage(), e);
        }
    }

    private void addPackage(PrePopulatedValidationSupport own, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            NpmPackage contents = NpmPackage.fromPackage(in, file.toString());
            for (String name : contents.listResources(DEFINITIONS.toArray(String[]::new))) {
                try (InputStream resource = contents.load("package", name)) {
                    add(own, new String(resource.readAllBytes(), StandardCharsets.UTF_8), file);
                }
            }
        }
    }
}
