package fr.sas.hub.push;

import static fr.sas.hub.testing.Transaction.aTransaction;
import static fr.sas.hub.testing.VendorBundle.aBundle;
import static fr.sas.hub.testing.VendorBundle.aPlace;
import static fr.sas.hub.testing.VendorBundle.aPractitioner;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.Transaction;
import fr.sas.hub.testing.VendorBundle;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** A whole week of a whole practice in one go; and what is too much. */
@HubTest
class BigTransactionTest {

    private static final int PRACTITIONERS = 100;
    private static final int SLOTS_EACH = 97;

    private final Instant first = Instant.now().plus(Duration.ofHours(2)).truncatedTo(ChronoUnit.MINUTES);

    @Value("${hub.connectors}")
    Path connectors;

    @LocalServerPort
    int port;

    @Autowired
    JdbcTemplate jdbc;

    private Deliverer vendor;

    private static String practitioner(int number) {
        return "8999702%05d".formatted(number);
    }

    @BeforeEach
    void a_vendor_that_delivers() {
        Descriptor.of("push-big")
                .mode("push")
                .roster(IntStream.range(0, PRACTITIONERS)
                        .mapToObj(BigTransactionTest::practitioner)
                        .toArray(String[]::new))
                .dropInto(connectors);
        vendor = new Deliverer(port, "push-big").connected();
    }

    @AfterEach
    void it_leaves() {
        Descriptor.of("push-big").removeFrom(connectors);
        await().until(() -> vendor.get("/Slot/nobody").statusCode() == 403);
    }

    private Transaction tenThousandEntries(int shift) {
        VendorBundle bundle = aBundle();
        for (int i = 0; i < PRACTITIONERS; i++) {
            var who = aPractitioner(practitioner(i), "NOM" + i, "Camille")
                    .at(aPlace("1750000026").address("6 rue des Tilleuls", "75006", "PARIS"));
            for (int slot = 0; slot < SLOTS_EACH; slot++) {
                who.slot(aVendorSlot()
                        .id(practitioner(i) + "-" + slot)
                        .from(first.plus(Duration.ofMinutes(15L * slot + shift))));
            }
            bundle.with(who);
        }
        return aTransaction().putting(bundle);
    }

    private long indexed() {
        Long count = jdbc.queryForObject("SELECT count(*) FROM index_slot WHERE source = 'push-big'", Long.class);
        return count == null ? -1 : count;
    }

    @Test
    void ten_thousand_entries_are_created_confirmed_and_changed_as_one() {
        assertThat(vendor.send(tenThousandEntries(0)))
                .hasSize(PRACTITIONERS * (SLOTS_EACH + 3))
                .containsOnly("201 Created");
        assertThat(indexed()).isEqualTo(PRACTITIONERS * SLOTS_EACH);

        assertThat(vendor.send(tenThousandEntries(0))).containsOnly("200 OK");
        assertThat(vendor.send(tenThousandEntries(5))).containsOnly("200 OK");
        assertThat(indexed()).isEqualTo(PRACTITIONERS * SLOTS_EACH);
        assertThat(vendor.found(practitioner(7)))
                .contains(first.plusSeconds(300))
                .hasSize(SLOTS_EACH);
    }

    @Test
    void more_than_the_settings_allow_is_refused_before_it_is_read() {
        Transaction tooMany = aTransaction();
        IntStream.range(0, 20_001).forEach(i -> tooMany.delete("Slot/s" + i));

        var answer = vendor.send("POST", "", tooMany.toJson());

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("20000").contains("Bundle.entry");
        assertThat(vendor.send("POST", "", " ".repeat(33 << 20)).statusCode()).isEqualTo(413);
    }
}
