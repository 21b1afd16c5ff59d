package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Before which names a delegate reads « d'», as French says it. */
class WhoseNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"Alice DURAND", "Yves PETIT", "Yvonne ROUX", "Ysé MOREL", "Élodie", "Œdipe", "Ágnes", "Hyacinthe"
            })
    void a_vowel_is_elided(String name) {
        assertThat(SpaceFrame.isElided(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Yann LE GOFF", "Yasmine BEN", "Yoann", "Yéléna", "Camille", "Loïc"})
    void a_consonant_is_not_nor_a_y_before_a_vowel(String name) {
        assertThat(SpaceFrame.isElided(name)).isFalse();
    }
}
