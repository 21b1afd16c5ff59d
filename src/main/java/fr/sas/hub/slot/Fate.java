package fr.sas.hub.slot;

/**
 * What became of a slot offered by a source, and the rule that decided it: the closed list of reasons for being shown
 * or not. A new rule is a new constant here with its two sentences, reported where the rule is applied: by {@code
 * index} for what it holds, by {@code explain} for what never reached it.
 */
public enum Fate {
    SHOWN(true, "Shown", "Affiché"),
    SHOWN_UNVERIFIED(
            true,
            "Shown, tagged unverified: its source has not confirmed it recently, or its slots too often turned out to be taken",
            "Affiché avec la mention « non vérifié » : sa source ne l'a pas confirmé récemment, ou ses créneaux se sont trop souvent révélés pris"),
    SHOWN_IN_PART(
            true,
            "Shown without the period during which the place is unattended",
            "Affiché sans la période d'indisponibilité du lieu"),
    MERGED(
            true,
            "Shown as the same slot from another source, which takes precedence",
            "Affiché comme le même créneau d'une autre source, qui prime"),
    NOBODY_THERE_NOW(
            false,
            "Not shown: the place is unattended at the moment",
            "Non affiché : le lieu est indisponible en ce moment"),
    NOBODY_THERE_THEN(
            false,
            "Not shown: it falls within a planned absence at the place",
            "Non affiché : il tombe pendant une indisponibilité programmée du lieu"),
    PLACE_UNKNOWN(
            false,
            "Not shown: no source describes its place any more",
            "Non affiché : plus aucune source ne décrit le lieu où il se tient"),
    STALE(
            false,
            "Not shown: its source has not confirmed it for too long",
            "Non affiché : sa source ne l'a pas confirmé depuis trop longtemps"),
    STALE_WHILE_PAUSED(
            false,
            "Not shown: its vendor is paused, so it has not been confirmed for too long",
            "Non affiché : son éditeur est en pause, personne ne l'a confirmé depuis trop longtemps"),
    UNCONFIRMED(
            false,
            "Not shown: it came in an incomplete answer, and its source has not given a complete one for too long",
            "Non affiché : il vient d'une réponse incomplète, et sa source n'en a pas donné de complète depuis trop longtemps"),
    VENDOR_ON_TRIAL(
            false,
            "Not shown: its vendor is on trial, assessed but never shown",
            "Non affiché : son éditeur est à l'essai, évalué et jamais affiché"),
    VENDOR_LEFT(
            false,
            "Not shown: its vendor left and took its slots with it",
            "Non affiché : son éditeur est parti avec ses créneaux"),
    REFUSED(
            false,
            "Not shown: the practitioner has opted out of displaying vendors' slots",
            "Non affiché : le praticien refuse l'affichage des créneaux des éditeurs"),
    BOOKED(false, "Not shown: it has been booked", "Non affiché : il a été réservé"),
    NO_LONGER_OFFERED(
            false,
            "Not shown: its source has answered since, without it",
            "Non affiché : sa source a répondu depuis, sans lui"),
    REPLACED(
            false,
            "Not shown: its source now offers it at another time",
            "Non affiché : sa source le propose maintenant à un autre horaire"),
    PAST(false, "Not shown: it has ended", "Non affiché : il est terminé"),
    REJECTED(false, "Not shown: the entry cannot be used", "Non affiché : l'entrée est inutilisable"),
    WITHHELD(
            false,
            "Not shown: its vendor reserves it for the practice's own patients",
            "Non affiché : son éditeur le réserve à la patientèle du cabinet"),
    NOT_TAKEN(
            false,
            "Not shown: delivered but not added to the index; newer information was known, or a step failed",
            "Non affiché : livré sans entrer dans l'index ; une information plus récente était connue, ou une étape a échoué");

    private final boolean shown;
    private final String sentence;
    private final String sentenceInFrench;

    Fate(boolean shown, String sentence, String sentenceInFrench) {
        this.shown = shown;
        this.sentence = sentence;
        this.sentenceInFrench = sentenceInFrench;
    }

    /** Whether a search finds it, either itself or as another source's slot. */
    public boolean isShown() {
        return shown;
    }

    public String sentence() {
        return sentence;
    }

    public String sentenceInFrench() {
        return sentenceInFrench;
    }
}
