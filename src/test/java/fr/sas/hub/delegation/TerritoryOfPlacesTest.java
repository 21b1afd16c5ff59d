package fr.sas.hub.delegation;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.directory.Departements;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A place is in the département of the account manager who sees it. */
class TerritoryOfPlacesTest {

    @Test
    void every_postal_code_is_in_one_departement_and_its_territory_says_the_same() {
        IntStream.range(1_000, 99_000).mapToObj("%05d"::formatted).forEach(postalCode -> {
            String departement = Departements.ofPostalCode(postalCode);
            Territory.parse(departement)
                    .ifPresent(territory -> assertThat(postalCode).matches("(" + territory.postalCodes() + ").*"));
        });
        assertThat(Departements.ofPostalCode("20137")).isEqualTo("2A");
        assertThat(Departements.ofPostalCode("20200")).isEqualTo("2B");
        assertThat(Departements.ofPostalCode("97133")).isEqualTo("977");
        assertThat(Departements.ofPostalCode("97400")).isEqualTo("974");
        assertThat(Departements.ofPostalCode("7501")).isNull();
        assertThat(Departements.ofPostalCode(null)).isNull();
    }
}
