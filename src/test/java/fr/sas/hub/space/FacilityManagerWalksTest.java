package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.PageReader;
import fr.sas.hub.testing.PeopleHubTest;
import fr.sas.hub.testing.SignInProvider;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What guides 002 and 004 describe of a manager's pages, walked without a script. */
@PeopleHubTest
class FacilityManagerWalksTest {

    private static final String CENTRE = "1750000556";
    private static final String SETTINGS = "/espace/structures/" + CENTRE + "/parametres";

    @LocalServerPort
    int port;

    private HubClient platform;
    private PageReader manager;

    @BeforeEach
    void a_manager_of_a_centre_signs_in() {
        platform = HubClient.at(port).as("test-portal");
        platform.put("/api/v1/facilities/" + CENTRE, """
                {"name": "CENTRE DE SANTÉ MICHEL-ANGE", "kind": "cds", "line": "81 Rue Michel-Ange", "postalCode": "75016",
                 "city": "PARIS", "phone": "0102030405"}""");
        platform.post("/api/v1/facilities/" + CENTRE + "/managers", """
                {"email": "walks.manager@exemple.fr", "family": "MARTIN", "given": "Noa"}""");
        manager = SignInProvider.signIn(
                port, "walks-manager", SignInProvider.address("walks.manager@exemple.fr", "Noa", "MARTIN"));
    }

    @Test
    void FM2_the_dashboard_shows_the_linked_structures_with_their_address_and_what_to_edit() {
        assertThat(manager.open("/espace").body())
                .contains("Bonjour Noa MARTIN", "Vos structures liées", "CENTRE DE SANTÉ MICHEL-ANGE")
                .contains("Bienvenue sur votre page personnalisée de la plateforme Service d&#39;Accès aux Soins.")
                .contains("Éditer pour déclarer ou modifier vos créneaux disponibles")
                .contains("81 Rue Michel-Ange 75016 PARIS", "Éditer les disponibilités", "Éditer les paramètres")
                .contains("href=\"" + SETTINGS + "\"");
    }

    @Test
    void FM3_FM4_FM5_HC7_both_boxes_and_the_number_make_the_centre_take_part() {
        String page = manager.open(SETTINGS).body();
        assertThat(page)
                .contains("Vos paramètres", "Je participe au SAS en tant que Centre de Santé")
                .contains("Nombre de professionnel de santé du Centre de santé participant au SAS")
                .contains(
                        "J&#39;accepte d&#39;être directement contacté par la régulation afin que le Centre soit sollicité pour prendre des patients en sus de ses disponibilités")
                .contains(
                        "Je déclare sur l&#39;honneur mettre en visibilité à minima 2 heures de disponibilité par semaine pour chaque médecin généraliste de mon centre de santé sur mon agenda de la plateforme numérique SAS")
                .contains("avenant n°4");

        HttpResponse<String> missing =
                manager.submit(SETTINGS, "version", version(), "overbooking", "true", "twoHours", "true");
        assertThat(missing.statusCode()).isEqualTo(422);
        assertThat(missing.body())
                .contains("indiquez le nombre de professionnels", "name=\"overbooking\" value=\"true\" checked");

        HttpResponse<String> done = manager.submit(
                SETTINGS, "version", version(), "number", "4", "overbooking", "true", "twoHours", "true");

        assertThat(done.body())
                .contains(
                        "Votre inscription est désormais prise en compte lors d&#39;une recherche effectuée par le SAS. Vous pouvez modifier vos paramètres à tout moment.");
        assertThat(settings().path("participates").asBoolean()).isTrue();
        assertThat(settings().path("participatingProfessionals").asInt()).isEqualTo(4);
    }

    @Test
    void the_pages_of_another_centre_are_not_there() {
        assertThat(manager.open("/espace/structures/1750000557/parametres").statusCode())
                .isEqualTo(404);
    }

    private JsonNode settings() {
        return platform.json("/api/v1/facilities/" + CENTRE + "/settings");
    }

    private String version() {
        return platform.get("/api/v1/facilities/" + CENTRE + "/settings")
                .headers()
                .firstValue("ETag")
                .orElseThrow()
                .replace("\"", "");
    }
}
