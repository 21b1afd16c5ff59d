package fr.sas.hub.rule;

import fr.sas.hub.slot.Audience;
import fr.sas.hub.slot.StructureId;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Slot entry of an answer, judged.
 *
 * @param way where its Schedule leads; null when there is none
 * @param start and {@code end}: null when they cannot be read
 * @param audiences for whom it is; without CPTS when none of those it names can be told
 * @param communities the CPTS it belongs to that can be told
 * @param bookingPage where to book; null when it says none, or none that is one
 * @param fate the first fault that costs it, told at the slot; null when it is right
 */
public record JudgedSlot(
        Item item,
        @Nullable Way way,
        @Nullable Instant start,
        @Nullable Instant end,
        Set<Audience> audiences,
        List<Cpts> communities,
        @Nullable URI bookingPage,
        @Nullable Finding fate) {

    /**
     * A CPTS that can be told.
     *
     * @param organization null when only its identifier is known
     */
    public record Cpts(StructureId id, @Nullable Item organization) {}
}
