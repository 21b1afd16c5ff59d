package fr.sas.hub.index;

import fr.sas.hub.agenda.place.PlaceNotice;
import fr.sas.hub.index.freshness.SourceTrust;
import fr.sas.hub.participation.Commitment;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * All inputs of an answer about one subject, now or in the past.
 *
 * @param asked vendors that are polled for the subject
 * @param slots without those that have ended
 * @param said notices about the subject's places
 */
record AnswerInputs(
        Subject subject,
        Commitment commitment,
        List<IndexReader.SourceStatusRow> statuses,
        Set<Source> asked,
        List<IndexReader.SlotRow> slots,
        List<PlaceNotice> said,
        SourceTrust trust,
        Instant now) {}
