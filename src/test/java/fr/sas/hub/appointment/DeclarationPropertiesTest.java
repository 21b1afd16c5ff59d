package fr.sas.hub.appointment;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.appointment.Appointment.Declared;
import fr.sas.hub.appointment.Appointment.Identifier;
import fr.sas.hub.appointment.Appointment.SlotDetails;
import fr.sas.hub.appointment.Appointment.Status;
import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.Batches;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Whose word is the later one: in whatever order and however often declarations come. */
class DeclarationPropertiesTest {

    private static final Instant TEN = Instant.parse("2026-06-12T10:00:00Z");
    private static final Identifier IDENTIFIER = new Identifier("urn:x", "1");

    @Property
    void dated_declarations_end_the_same_in_any_order_and_however_often_they_come(
            @ForAll("dated") List<Declaration> declarations, @ForAll Random dice) {
        List<Declaration> shuffled = new ArrayList<>(declarations);
        declarations.stream().filter(again -> dice.nextBoolean()).forEach(shuffled::add);
        Collections.shuffle(shuffled, dice);

        assertThat(end(shuffled)).isEqualTo(end(declarations));
    }

    @Property
    void undated_bookings_and_cancellations_end_cancelled_in_any_order(@ForAll Random dice) {
        List<Declaration> all = new ArrayList<>();
        for (int i = 0; i < 1 + dice.nextInt(3); i++) {
            all.add(new Declaration(IDENTIFIER, said(Status.BOOKED, 0), null));
            all.add(new Declaration(IDENTIFIER, said(Status.CANCELLED, 0), null));
        }
        Collections.shuffle(all, dice);

        assertThat(end(all).said().status()).isEqualTo(Status.CANCELLED);
    }

    @Property
    void what_is_said_again_never_follows_itself(@ForAll("dated") List<Declaration> declarations) {
        Declaration last = declarations.getLast();

        assertThat(last.follows(next(null, last))).isFalse();
    }

    private static Appointment end(List<Declaration> declarations) {
        @Nullable Appointment known = null;
        for (Declaration declaration : declarations) {
            if (known == null || declaration.follows(known)) {
                known = next(known, declaration);
            }
        }
        return Objects.requireNonNull(known);
    }

    private static Appointment next(@Nullable Appointment known, Declaration declaration) {
        return new Appointment(
                new UUID(0, 1),
                new AppointmentOwner("test", new Source("rdv-a")),
                IDENTIFIER,
                declaration.said(),
                declaration.at(known == null ? TEN : known.declared()),
                declaration.lastUpdated() != null,
                SlotDetails.NOTHING,
                1,
                TEN,
                TEN);
    }

    @Provide
    Arbitrary<List<Declaration>> dated() {
        return Combinators.combine(
                        Arbitraries.of(Status.class),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 4))
                .as((status, quarter, at) -> new Declaration(IDENTIFIER, said(status, quarter), TEN.plusSeconds(at)))
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }

    private static Declared said(Status status, int quarter) {
        Instant start = TEN.plus(Duration.ofMinutes(15L * quarter));
        return new Declared(
                status,
                Batches.practitioner(1),
                true,
                new AppointmentOperator("urn:oid:1.2.250.1.71.4.2.1", "3456780581/11242343", "IDNPS"),
                List.of(),
                null,
                start,
                start.plus(Duration.ofMinutes(15)));
    }
}
