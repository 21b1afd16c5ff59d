package fr.sas.hub.fhir;

import static fr.sas.hub.testing.VendorBundle.aBundle;
import static fr.sas.hub.testing.VendorBundle.aCommunity;
import static fr.sas.hub.testing.VendorBundle.aCptsBundle;
import static fr.sas.hub.testing.VendorBundle.aPlace;
import static fr.sas.hub.testing.VendorBundle.aPractitioner;
import static fr.sas.hub.testing.VendorBundle.aSite;
import static fr.sas.hub.testing.VendorBundle.aSosBundle;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static fr.sas.hub.testing.VendorBundle.anAssociation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.delivery.Delivery;
import fr.sas.hub.fhir.FhirProfiles.Finding;
import fr.sas.hub.fhir.FhirProfiles.Severity;
import fr.sas.hub.rule.Judge;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.testing.Centre;
import fr.sas.hub.testing.Delivered;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.FakeAccounts;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.VendorSlot;
import fr.sas.hub.vendor.Flow;
import fr.sas.hub.vendor.Vendors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Every answer of the hub follows its own profiles and, where the official package is at hand, that one: 0 errors. */
@HubTest
class AnswersFollowTheGuideTest {

    private static final Path OFFICIAL = Path.of("../shared/sas-ig");
    /** By the profile of the Bundle. */
    private static final Map<String, String> SLOT_OF = Map.of(
            FhirVocabulary.BUNDLE, FhirVocabulary.SLOT,
            FhirVocabulary.CPTS_BUNDLE, FhirVocabulary.CPTS_SLOT,
            FhirVocabulary.SOS_BUNDLE, FhirVocabulary.SOS_SLOT);

    private static final String ALICE = "810001234501";
    private static final String BASILE = "810001234502";
    private static final String SOS = "334173748400020";

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @TempDir
    static Path definitions;

    @LocalServerPort
    int port;

    @Autowired
    ProducerTemplate routes;

    @Autowired
    Vendors vendors;

    @Value("${hub.connectors}")
    Path connectors;

    private HubClient hub;

    @BeforeEach
    void vendors_of_every_flow_have_delivered() {
        hub = HubClient.at(port);
        Descriptor.of("agenda-soleil").dropInto(connectors);
        Descriptor.of("rdv-lune").flows("individual, cpts").dropInto(connectors);
        Descriptor.of("sos-rdv").flows("sos").dropInto(connectors);
        await().until(() -> Stream.of("agenda-soleil", "rdv-lune", "sos-rdv")
                .allMatch(id -> vendors.find(new fr.sas.hub.slot.Source(id)).isPresent()));
        deliver(Delivered.by(
                "agenda-soleil",
                Flow.INDIVIDUAL,
                now,
                Set.of(new PractitionerId(ALICE), new PractitionerId(BASILE)),
                aBundle()
                        .with(aPractitioner(ALICE, "DURAND", "Alice")
                                .at(aPlace("1750000001")
                                        .phone("+33140000000")
                                        .slot(slot(1).audience("PUBLIC", "PRO")
                                                .mode("AMB", "VR")
                                                .specialty("SM54"))
                                        .slot(slot(2).reason("Fièvre").bookableAt("https://rdv.example/2")))
                                .at(aPlace("312345678901234").slot(slot(3))))
                        .with(aPractitioner(BASILE, "MOREL", "Basile")
                                .at(aPlace("1750000002").slot(slot(1))))));
        deliver(Delivered.by(
                "rdv-lune",
                Flow.CPTS,
                now,
                Set.of(new PractitionerId(ALICE)),
                aCptsBundle()
                        .with(aPractitioner(ALICE, "DURAND", "Alice")
                                .at(aPlace("1750000001")
                                        .slot(slot(1))
                                        .slot(slot(4).audience("CPTS", "SNP")
                                                .of(aCommunity("1950047225", "CPTS DES TILLEULS"))
                                                .of(aCommunity("1950047233", "CPTS DE LA VALLÉE")))))));
        deliver(Delivered.by(
                "sos-rdv",
                Flow.SOS,
                now,
                Set.of(new StructureId(SOS)),
                aSosBundle()
                        .with(anAssociation(SOS, "SOS MÉDECINS VILAINE")
                                .at(aSite("1", "Centre").slot(slot(1).audience("PUBLIC", "SNP")))
                                .at(aSite("2", "Nord").slot(slot(2).audience("SNP"))))));
    }

    @AfterEach
    void the_vendors_leave() {
        Stream.of("agenda-soleil", "rdv-lune", "sos-rdv")
                .forEach(id -> Descriptor.of(id).leaves(connectors, port));
    }

    @Test
    void the_individual_answer() {
        JsonNode answer = hub.json(HubClient.slotsOf(now, ALICE, BASILE));

        assertThat(answer.path("total").asInt()).isEqualTo(5);
        assertThat(answer.findValuesAsText("system").toString()).doesNotContain("TRE_R66-CategorieEtablissement");
        assertFollows(answer, FhirVocabulary.ACCEPTED_BUNDLE);
    }

    @Test
    void the_answer_for_communities() {
        JsonNode answer = hub.json(HubClient.communitySlotsOf(now, ALICE));

        assertThat(answer.findValuesAsText("resourceType")).contains("HealthcareService", "Organization");
        assertFollows(answer, FhirVocabulary.ACCEPTED_CPTS_BUNDLE);
    }

    @Test
    void the_answer_for_an_sos_association() {
        JsonNode answer = hub.json(HubClient.sitesOf(now, SOS));

        assertThat(answer.path("total").asInt()).isEqualTo(2);
        assertFollows(answer, FhirVocabulary.ACCEPTED_SOS_BUNDLE);
    }

    @Test
    void an_answer_in_which_a_source_failed_and_is_named() {
        deliver(new Delivery(
                java.util.UUID.randomUUID(),
                new fr.sas.hub.slot.Source("rdv-lune"),
                Flow.CPTS,
                Set.of(new PractitionerId(ALICE)),
                new fr.sas.hub.slot.Window(now, now.plus(Duration.ofHours(72))),
                now.plusSeconds(1),
                Duration.ofSeconds(7),
                new fr.sas.hub.slot.Answer.Failed(new fr.sas.hub.slot.Answer.Trouble(
                        fr.sas.hub.slot.Answer.Kind.TIMED_OUT, "No answer within 7 s")),
                List.of(),
                Set.of(),
                false));
        JsonNode answer = hub.json(HubClient.slotsOf(now, ALICE));

        assertThat(answer.findValuesAsText("resourceType")).contains("OperationOutcome");
        assertFollows(answer, FhirVocabulary.ACCEPTED_BUNDLE);
    }

    @Test
    void an_empty_answer() {
        assertFollows(hub.json(HubClient.slotsOf(now, "810009999999")), FhirVocabulary.ACCEPTED_BUNDLE);
    }

    @Test
    void an_answer_of_the_agenda_with_additional_information() {
        String camille = "/api/v1/practitioners/810001234503";
        HubClient portal = hub.as("test-portal");
        portal.put(camille, """
                {"family": "PETIT", "given": ["Camille"], "profession": "10", "specialties": ["SM54"], "places": [
                  {"structures": ["1750000003"], "line": "3 rue des Lilas", "postalCode": "75003", "city": "PARIS"}]}""");
        portal.post(camille + "/agenda/entries", """
                {"place": "1750000003", "date": "%s", "start": "10:00", "end": "12:00", "patients": 4, "modes": ["AMB"],
                 "weekly": {"days": ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]}}""".formatted(LocalDate.ofInstant(now, ZoneId.of("Europe/Paris"))));
        HubClient.json(portal.put(
                camille + "/agenda/places/1750000003/information",
                "{\"text\": \"Sonner \\\"2e\\\" <étage>\\nFermé le midi\"}"));
        JsonNode answer = hub.json(HubClient.slotsOf(now, "810001234503"));

        assertThat(answer.findValuesAsText("description")).containsExactly("Sonner \"2e\" <étage>\nFermé le midi");
        assertFollows(answer, FhirVocabulary.ACCEPTED_BUNDLE);
    }

    @Test
    void an_answer_with_practitioners_who_participate_in_their_own_ways() {
        HubClient portal = hub.as("test-portal");
        HubClient.json(portal.put("/api/v1/facilities/1350000025", """
                {"name": "MSP du Port", "kind": "msp", "phone": "+33299000001"}"""));
        String participating = """
                {"participates": true, "participatesThrough": "%s", "structure": %s, "usesBookingSoftware": false,
                 "declaresTwoHours": true}""";
        settings(ALICE, participating.formatted("msp", "\"1350000025\""));
        settings(BASILE, participating.formatted("practice", "null"));
        JsonNode answer = hub.json(HubClient.slotsOf(now, ALICE, BASILE));
        JsonNode forCommunities = hub.json(HubClient.communitySlotsOf(now, ALICE, BASILE));
        settings(ALICE, "{}");
        settings(BASILE, "{}");

        assertThat(answer.findValuesAsText("valueCode")).contains("msp", "practice");
        assertThat(answer.findValuesAsText("name")).contains("MSP du Port");
        assertFollows(answer, FhirVocabulary.ACCEPTED_BUNDLE);
        assertThat(forCommunities.findValuesAsText("name")).contains("MSP du Port", "CPTS DES TILLEULS");
        assertFollows(forCommunities, FhirVocabulary.ACCEPTED_CPTS_BUNDLE);
    }

    @Test
    void answers_with_a_health_centre_by_its_identifier_and_with_its_doctor() {
        Centre centre = Centre.at(port, 8101);
        PractitionerId doctor = new PractitionerId("810001234504");
        centre.employs(doctor);
        centre.settings(3, true, true);
        centre.types("""
                {"date": "%s", "start": "10:00", "end": "12:00", "patients": 4, "modes": ["AMB", "VR"]}""".formatted(
                        LocalDate.ofInstant(now, ZoneId.of("Europe/Paris")).plusDays(1)));
        centre.send(200, "PUT", "/agenda/places/" + centre.finess() + "/information", "{\"text\": \"Bâtiment B\"}");
        JsonNode byItself = centre.search(now, centre.finess());
        JsonNode withItsDoctor = centre.searchOf(now, doctor, new PractitionerId(ALICE));
        JsonNode forCommunities = hub.json(
                HubClient.communitySlotsOf(now, doctor.value(), ALICE) + "&_include:iterate=Location:organization");

        assertThat(byItself.findValuesAsText("resourceType"))
                .containsExactly("Bundle", "Slot", "Schedule", "Location", "Organization");
        assertThat(Judge.resource((ObjectNode) byItself, null).findings())
                .as("what $validate says of a centre's slots; the guide has no profile for its Organization")
                .extracting(finding -> finding.rule().id())
                .containsOnly("PROFILE_NOT_CLAIMED");
        assertFollows(byItself, FhirVocabulary.ACCEPTED_BUNDLE);
        assertThat(withItsDoctor.findValuesAsText("resourceType")).contains("Location", "PractitionerRole");
        assertFollows(withItsDoctor, FhirVocabulary.ACCEPTED_BUNDLE);
        assertThat(forCommunities.findValuesAsText("resourceType")).contains("Location", "HealthcareService");
        assertFollows(forCommunities, FhirVocabulary.ACCEPTED_CPTS_BUNDLE);
        FhirProfiles own = new FhirProfiles(FhirContext.forR4Cached(), Path.of("fhir-profiles"));
        byItself.path("entry").forEach(entry -> {
            JsonNode resource = entry.path("resource");
            String type = resource.path("resourceType").asText();
            if (type.equals("Location") || type.equals("Organization")) {
                assertThat(errors(
                                own,
                                resource.toString(),
                                FhirVocabulary.HUB + "StructureDefinition/hub-centre-"
                                        + type.toLowerCase(java.util.Locale.ROOT)))
                        .isEmpty();
            }
        });
    }

    @Test
    void roles_that_are_found_without_a_slot() {
        HubClient portal = hub.as("test-portal");
        String dominique = "810001234505";
        HubClient.json(portal.put("/api/v1/facilities/1350000026", """
                {"name": "CPTS du Port", "kind": "cpts", "phone": "+33299000002"}"""));
        HubClient.json(portal.put("/api/v1/practitioners/" + dominique, """
                {"family": "ROUX", "given": ["Dominique"], "places": [{"structures": ["1750000005"],
                 "line": "5 rue des Lilas", "postalCode": "75005", "city": "PARIS", "phone": "+33140000005"},
                 {"structures": ["1750000006"], "postalCode": "75005", "city": "PARIS"}]}"""));
        HubClient.json(portal.put("/api/v1/practitioners/" + dominique + "/settings", """
                {"participates": true, "participatesThrough": "cpts", "structure": "1350000026",
                 "usesBookingSoftware": false, "declaresTwoHours": true, "emergencyReorientation": true}"""));
        JsonNode answer = hub.json("/fhir/PractitionerRole?practitioner.identifier=" + dominique + "," + ALICE
                + "&_include=PractitionerRole:practitioner&_include=PractitionerRole:organization");
        String location = Centre.resources(answer, "PractitionerRole").stream()
                .filter(role -> role.at("/contained/0/address/line/0").asText().equals("5 rue des Lilas"))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asText();

        assertThat(answer.findValuesAsText("resourceType"))
                .contains("PractitionerRole", "Practitioner", "Organization");
        assertThat(unresolved(answer)).isEmpty();
        assertThat(Files.isDirectory(OFFICIAL) ? errorsOfEntries(official(), answer) : List.of())
                .isEmpty();
        assertThat(errorsOfEntries(new FhirProfiles(FhirContext.forR4Cached(), Path.of("fhir-profiles")), answer))
                .isEmpty();
        JsonNode place = hub.json("/fhir/Location/" + location);
        assertThat(errors(
                        new FhirProfiles(FhirContext.forR4Cached(), Path.of("fhir-profiles")),
                        place.toString(),
                        FhirVocabulary.HUB + "StructureDefinition/hub-location"))
                .isEmpty();
    }

    private static List<String> errorsOfEntries(FhirProfiles profiles, JsonNode answer) {
        return Stream.iterate(0, i -> i + 1)
                .limit(answer.path("entry").size())
                .map(i -> answer.at("/entry/" + i + "/resource"))
                .flatMap(resource -> errors(
                                profiles,
                                resource.toString(),
                                "http://hl7.org/fhir/StructureDefinition/"
                                        + resource.path("resourceType").asText())
                        .stream()
                        .map(String::valueOf))
                .toList();
    }

    @Test
    void a_way_to_participate_that_nobody_defined_is_found_out() {
        String role = """
                {"resourceType": "PractitionerRole", "extension": [{
                  "url": "https://sas-hub.example/fhir/StructureDefinition/practitioner-role-participation",
                  "extension": [{"url": "through", "valueCode": "%s"},
                                {"url": "acceptsOverbooking", "valueBoolean": %s}]}]}""";
        FhirProfiles own = new FhirProfiles(FhirContext.forR4Cached(), Path.of("fhir-profiles"));
        String profile = "http://hl7.org/fhir/StructureDefinition/PractitionerRole";

        assertThat(errors(own, role.formatted("practice", "true"), profile)).isEmpty();
        assertThat(errors(own, role.formatted("friends", "true"), profile)).isNotEmpty();
        assertThat(errors(own, role.formatted("msp", "true"), profile)).isNotEmpty();
        assertThat(errors(own, role.formatted("practice", "false"), profile)).isNotEmpty();
    }

    @Test
    void what_vendors_are_told_of_regulators_follows_the_official_profile() {
        assumeTrue(
                isOfficialPackageHere(),
                "The official package is not complete at ../shared/sas-ig: accounts are held against the guide's words only");
        try (FakeAccounts vendor = new FakeAccounts()) {
            Descriptor.of("comptes-du-guide")
                    .at(vendor.baseUrl())
                    .takesAccounts()
                    .dropInto(connectors);
            await().until(() -> vendors.list().stream()
                    .anyMatch(known -> known.source().name().equals("comptes-du-guide")));
            String path = "/api/v1/regulators/" + UUID.randomUUID();
            for (String nationalId : List.of("", ", \"nationalId\": \"810002673899\"")) {
                HubClient.json(hub.as("test-ops")
                        .put(
                                path,
                                "{\"family\":\"MARIUS\",\"given\":\"Jules\",\"email\":\"jules.marius@test.example\""
                                        + nationalId + "}"));
                HubClient.json(hub.as("test-ops").post(path + "/login", ""));
            }
            await().until(() ->
                    vendor.told().size() == 2 || vendor.account("810002673899").isPresent());

            assertThat(vendor.told())
                    .isNotEmpty()
                    .allSatisfy(told -> assertThat(errors(official(), told.body(), FhirVocabulary.REGULATOR))
                            .isEmpty());
        } finally {
            Descriptor.of("comptes-du-guide").leaves(connectors, port);
        }
    }

    private void settings(String practitioner, String json) {
        hub.knows(practitioner);
        HubClient.json(hub.as("test-portal").put("/api/v1/practitioners/" + practitioner + "/settings", json));
    }

    private void assertFollows(JsonNode answer, String ownProfile) {
        assertThat(unresolved(answer))
                .as("references that nothing in the answer meets")
                .isEmpty();
        assertThat(profilesOfSlots(answer))
                .as("profiles of slots beside the asked flow's")
                .isSubsetOf(SLOT_OF.get(answer.at("/meta/profile/0").asText()));
        assertThat(errors(
                        new FhirProfiles(FhirContext.forR4Cached(), Path.of("fhir-profiles")),
                        answer.toString(),
                        ownProfile))
                .as("errors against fhir-profiles/")
                .isEmpty();
        assumeTrue(
                isOfficialPackageHere(),
                "The official package is not complete at ../shared/sas-ig: answers are held against our own profiles only");
        assertThat(errors(
                        official(),
                        answer.toString(),
                        answer.at("/meta/profile/0").asText()))
                .as("errors against the official package")
                .isEmpty();
    }

    /** Of the guide's own includes everything that is referred to stands in the answer. */
    private static List<String> unresolved(JsonNode answer) {
        Set<String> present = new HashSet<>();
        answer.path("entry").forEach(entry -> {
            JsonNode resource = entry.path("resource");
            present.add(resource.path("resourceType").asText() + "/"
                    + resource.path("id").asText());
            resource.path("contained")
                    .forEach(contained -> present.add("#" + contained.path("id").asText()));
        });
        return answer.findValuesAsText("reference").stream()
                .filter(reference -> !present.contains(reference))
                .toList();
    }

    private static Set<String> profilesOfSlots(JsonNode answer) {
        Set<String> profiles = new HashSet<>();
        answer.path("entry").forEach(entry -> {
            if (entry.at("/resource/resourceType").asText().equals("Slot")) {
                entry.at("/resource/meta/profile").forEach(profile -> profiles.add(profile.asText()));
            }
        });
        return profiles;
    }

    private static List<Finding> errors(FhirProfiles profiles, String json, String profile) {
        return profiles.check(json, profile).stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .toList();
    }

    /** With the French definitions that it depends on: without them every extension would be an unknown one. */
    private static boolean isOfficialPackageHere() {
        return Files.isDirectory(OFFICIAL.resolve("package")) && Files.isDirectory(OFFICIAL.resolve("supplement"));
    }

    /** The package and what it depends on, side by side as in a folder of profiles. */
    private static FhirProfiles official() {
        try (Stream<Path> files =
                Stream.concat(Files.list(OFFICIAL.resolve("package")), Files.list(OFFICIAL.resolve("supplement")))) {
            for (Path file :
                    files.filter(AnswersFollowTheGuideTest::isDefinition).toList()) {
                Path copy = definitions.resolve(file.getFileName());
                if (!Files.exists(copy)) {
                    Files.copy(file, copy);
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return new FhirProfiles(FhirContext.forR4Cached(), definitions);
    }

    private static boolean isDefinition(Path file) {
        return file.getFileName().toString().matches("(StructureDefinition|ValueSet|CodeSystem)-.*\\.json");
    }

    private VendorSlot slot(int hours) {
        return aVendorSlot().from(now.plus(Duration.ofHours(hours)));
    }

    private void deliver(Delivery delivery) {
        routes.sendBody("direct:delivery-arrived", delivery);
    }
}
