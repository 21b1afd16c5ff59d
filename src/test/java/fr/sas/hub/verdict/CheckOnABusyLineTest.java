package fr.sas.hub.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import fr.sas.hub.asking.BusyLine;
import fr.sas.hub.asking.VendorProbes;
import fr.sas.hub.line.ServerProbe;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.FakeVendor;
import fr.sas.hub.testing.VendorFault;
import fr.sas.hub.vendor.Flow;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.web.ErrorResponseException;

/** The hub's questions keep a vendor's line busy: a check waits, and may find no room. */
class CheckOnABusyLineTest {

    @Test
    void a_check_that_gets_no_turn_is_to_be_asked_for_again_and_blames_nobody() {
        try (FakeVendor vendor = GoodVendor.with(VendorFault.NONE)) {
            VendorProbes probes = mock(VendorProbes.class);
            when(probes.isAsked(any())).thenReturn(true);
            when(probes.polledSubjects(any(), any())).thenReturn(Set.of(new PractitionerId(GoodVendor.ALICE)));
            when(probes.flows(any())).thenReturn(Set.of(Flow.INDIVIDUAL));
            when(probes.to(any(Source.class)))
                    .thenReturn(Optional.of(BusyLine.probe(URI.create(vendor.baseUrl()), () -> false)));
            CheckEndpoint endpoint = new CheckEndpoint(probes, Clock.systemUTC());
            var request = new CheckEndpoint.ServerCheckRequest(List.of(GoodVendor.ALICE), null, null, null, null);

            ErrorResponseException refusal = catchThrowableOfType(
                    ErrorResponseException.class, () -> endpoint.check("bon-eleve", "json", request, Locale.FRENCH));

            assertThat(refusal.getStatusCode().value()).isEqualTo(503);
            assertThat(refusal.getHeaders().getFirst("Retry-After")).isEqualTo("60");
            assertThat(refusal.getBody().getDetail()).contains("cet éditeur", "réessayez");
            assertThat(vendor.requests()).isEmpty();
        }
    }

    @Test
    void an_account_is_disabled_even_when_the_line_has_no_room_any_more() {
        AtomicInteger writes = new AtomicInteger();
        try (FakeVendor vendor = GoodVendor.with(VendorFault.ofAnswers((request, answer) -> {
                    if (!request.getMethod().getName().equals("GET")) {
                        writes.incrementAndGet();
                    }
                    return answer.get();
                }));
                ServerProbe probe = BusyLine.probe(URI.create(vendor.baseUrl()), () -> writes.get() < 2)) {
            assertThat(catchThrowableOfType(
                            ServerProbe.NoTurn.class, () -> CheckTest.CHECK.run(probe, GoodVendor.order(true))))
                    .isNotNull();
            assertThat(vendor.accounts().values())
                    .isNotEmpty()
                    .noneMatch(account -> account.path("active").asBoolean());
        }
    }
}
