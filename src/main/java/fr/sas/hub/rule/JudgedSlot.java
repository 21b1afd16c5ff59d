package fr.sas.hub.rule;

import fr.sas.hub.slot.Audience;
import fr.sas.hub.slot.StructureId;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A judged Slot entry of an answer.
 *
 * @param way where its Schedule leads; null when there is none
 * @param start null, like {@code end}, when the times cannot be read
 * @param audiences whom it is for; without CPTS when none of the CPTS it names could be identified
 * @param communities the CPTS it belongs to that could be identified
 * @param bookingPage where to book; null when there is none, or it is not a valid address
 * @param fate the first fault that costs the slot, located at the slot; null when it is right
 */
public record JudgedSlot(
        LocatedResource item,
        @Nullable ResolvedSchedule way,
        @Nullable Instant start,
        @Nullable Instant end,
        Set<Audience> audiences,
        List<Cpts> communities,
        @Nullable URI bookingPage,
        @Nullable Finding fate) {

    /**
     * A CPTS that could be identified.
     *
     * @param organization null when only its identifier is known
     */
    public record Cpts(StructureId id, @Nullable LocatedResource organization) {}
}
