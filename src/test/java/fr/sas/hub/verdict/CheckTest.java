package fr.sas.hub.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.http.Request;
import fr.sas.hub.rule.Rule;
import fr.sas.hub.slot.Quirk;
import fr.sas.hub.testing.FakeVendor;
import fr.sas.hub.testing.VendorFault;
import fr.sas.hub.verdict.CheckReport.Status;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A vendor's server is checked by a handful of requests. */
class CheckTest {

    static final Check CHECK = at(Clock.systemUTC());

    static Check at(Clock clock) {
        return new Check(clock);
    }

    /** Within the days after a clock change and within those before one, of either kind. */
    static Stream<Instant> aroundClockChanges() {
        return Stream.of("2026-03-27T05:00:00Z", "2026-04-01T05:00:00Z", "2026-10-23T05:00:00Z", "2026-10-28T05:00:00Z")
                .map(Instant::parse);
    }

    @ParameterizedTest
    @MethodSource("aroundClockChanges")
    void a_vendor_that_is_right_is_right_around_clock_changes(Instant now) {
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        try (FakeVendor vendor = GoodVendor.with(VendorFault.NONE, clock);
                var probe = GoodVendor.probe(vendor.baseUrl())) {
            assertThat(broken(at(clock).run(probe, GoodVendor.order(true)))).isEmpty();
        }
    }

    @Test
    void a_vendor_that_is_right_passes_everything() {
        try (FakeVendor vendor = GoodVendor.with(VendorFault.NONE);
                var probe = GoodVendor.probe(vendor.baseUrl())) {
            CheckReport report = CHECK.run(probe, GoodVendor.order(true));

            assertThat(broken(report)).isEmpty();
            assertThat(report.isPassed()).isTrue();
            assertThat(ids(report, Status.SKIPPED))
                    .containsExactlyInAnyOrder(
                            "TLS", "CERTIFICATE_ENDS_SOON", "TIME_DOES_NOT_EXIST", "PROFILE", "PROFILE_WARNING");
        }
    }

    @Test
    void a_vendor_need_not_include_the_cpts_of_its_slots_where_nobody_asks_for_them() {
        VendorFault ofCpts = new VendorFault() {
            @Override
            public void spoil(Request request, ObjectNode bundle) {
                if (request.getUrl().contains("Practitioner.identifier")
                        && !request.getUrl().contains("service-type-reference")) {
                    BundleFaults.all(bundle, "Slot").stream().findFirst().ifPresent(CheckTest::belongsToCpts);
                }
            }
        };
        try (FakeVendor vendor = GoodVendor.with(ofCpts);
                var probe = GoodVendor.probe(vendor.baseUrl())) {
            assertThat(broken(CHECK.run(probe, GoodVendor.order(false)))).isEmpty();
        }
    }

    @Test
    void what_was_agreed_with_a_vendor_is_no_fault_of_it() {
        VendorFault totals = new VendorFault() {
            @Override
            public void spoil(Request request, ObjectNode bundle) {
                bundle.put("total", bundle.path("entry").size());
            }
        };
        try (FakeVendor vendor = GoodVendor.with(totals);
                var probe = GoodVendor.probe(vendor.baseUrl())) {
            assertThat(broken(CHECK.run(probe, GoodVendor.order(false)))).isNotEmpty();
            assertThat(broken(CHECK.run(probe, GoodVendor.tolerating(Quirk.TOTAL_COUNTS_EVERYTHING))))
                    .isEmpty();
        }
    }

    private static void belongsToCpts(ObjectNode slot) {
        BundleFaults.put(slot, "/meta/security", BundleFaults.audience("CPTS"));
        slot.withArray("serviceType").add(BundleFaults.read("""
                {"extension": [{"url": "http://hl7.org/fhir/5.0/StructureDefinition/extension-Slot.serviceType",
                   "valueReference": {"reference": "HealthcareService/cpts-service-1590000014"}}],
                 "coding": [{"system":
                   "https://mos.esante.gouv.fr/NOS/TRE_R66-CategorieEtablissement/FHIR/TRE-R66-CategorieEtablissement",
                   "code": "604"}]}"""));
    }

    /** {@code ID path: sentence}. */
    static List<String> broken(CheckReport report) {
        return report.results().stream()
                .flatMap(result -> result.examples().stream())
                .map(found -> found.rule().id() + " " + found.path() + ": " + found.sentence())
                .toList();
    }

    static List<String> ids(CheckReport report, Status status) {
        return report.results().stream()
                .filter(result -> result.status() == status)
                .map(CheckReport.Result::rule)
                .map(Rule::id)
                .toList();
    }
}
