package fr.sas.hub.asking;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyCollection;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import fr.sas.hub.directory.Directory;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.SubjectsSearched;
import fr.sas.hub.vendor.ConnectorSettings;
import fr.sas.hub.vendor.VendorDescriptor;
import fr.sas.hub.vendor.Vendors;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.util.unit.DataSize;

/** What a search costs besides its answer. */
class SearchDemandTest {

    private static final PractitionerId ALICE = new PractitionerId("899990000301");
    private static final PractitionerId STRANGER = new PractitionerId("899990000302");

    private final PollTargets targets = mock();
    private final Vendors vendors = mock();
    private final Directory directory = mock();
    private final SearchDemand demand = new SearchDemand(
            targets,
            vendors,
            directory,
            mock(),
            new ConnectorSettings(
                    Duration.ofHours(1),
                    DataSize.ofMegabytes(1),
                    DataSize.ofMegabytes(1),
                    1,
                    DataSize.ofMegabytes(1),
                    Duration.ofMinutes(1),
                    Duration.ofDays(1),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1)),
            Clock.systemUTC());

    @Test
    void where_no_vendor_is_asked_by_practitioner_a_search_costs_the_database_nothing() {
        VendorDescriptor pushes = vendor(false, false);
        when(vendors.descriptors()).thenReturn(List.of(pushes));

        searchAndPublish();

        verifyNoInteractions(directory, targets);
    }

    @Test
    void where_all_rosters_are_given_nobody_is_looked_up_in_the_directory() {
        VendorDescriptor polled = vendor(true, false);
        when(vendors.descriptors()).thenReturn(List.of(polled));

        searchAndPublish();

        verifyNoInteractions(directory);
        verify(targets).inDemand(eq(polled.source()), anyCollection(), any(), any(), any());
    }

    @Test
    void a_vendor_whose_roster_is_learnt_is_asked_about_those_who_are_in_the_directory() {
        VendorDescriptor seeks = vendor(true, true);
        when(vendors.descriptors()).thenReturn(List.of(seeks));
        when(directory.practitionersAmong(anyCollection())).thenReturn(Set.of(ALICE));

        searchAndPublish();

        verify(targets).seek(eq(seeks.source()), eq(Set.of(ALICE)), any());
        verify(targets).inDemand(eq(seeks.source()), eq(Set.of(ALICE, STRANGER)), any(), any(), any());
        verify(directory, never()).find(anyCollection());
    }

    @Test
    void what_the_database_could_not_take_is_recorded_once_it_can() {
        VendorDescriptor seeks = vendor(true, true);
        when(vendors.descriptors()).thenReturn(List.of(seeks));
        when(directory.practitionersAmong(anyCollection()))
                .thenThrow(new QueryTimeoutException("silent"))
                .thenReturn(Set.of(ALICE));

        assertThatThrownBy(this::searchAndPublish).isInstanceOf(QueryTimeoutException.class);
        demand.publish();

        verify(targets).seek(eq(seeks.source()), eq(Set.of(ALICE)), any());
        verify(targets).inDemand(eq(seeks.source()), eq(Set.of(ALICE, STRANGER)), any(), any(), any());
    }

    private void searchAndPublish() {
        demand.on(new SubjectsSearched(List.of(ALICE, STRANGER), Instant.now()));
        demand.publish();
    }

    private static VendorDescriptor vendor(boolean asked, boolean seeks) {
        VendorDescriptor vendor = mock();
        when(vendor.isAskedBySubject()).thenReturn(asked);
        when(vendor.seeks()).thenReturn(seeks);
        when(vendor.source()).thenReturn(Source.AGENDA);
        when(vendor.every()).thenReturn(Duration.ofMinutes(1));
        return vendor;
    }
}
