package fr.sas.hub.participation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyCollection;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import fr.sas.hub.directory.Directory;
import fr.sas.hub.slot.PractitionerId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CommitmentsTest {

    private static final PractitionerId ALICE = new PractitionerId("810000000011");
    private static final PractitionerId BASILE = new PractitionerId("810000000012");
    private static final PractitionerId CHLOE = new PractitionerId("810000000013");

    private final SettingsTables settings = mock();
    private final Directory directory = mock();
    private final Commitments commitments = new Commitments(settings, mock(), directory);

    @Test
    void whoever_participates_twice_takes_nobodys_place() {
        when(settings.participating(anyInt())).thenReturn(Set.of(ALICE, BASILE));
        when(directory.salariedAt(anyCollection())).thenReturn(new LinkedHashSet<>(List.of(ALICE, BASILE, CHLOE)));

        assertThat(commitments.participating(3)).containsExactlyInAnyOrder(ALICE, BASILE, CHLOE);
        assertThat(commitments.participating(10)).containsExactlyInAnyOrder(ALICE, BASILE, CHLOE);
    }
}
