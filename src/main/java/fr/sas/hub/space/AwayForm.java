package fr.sas.hub.space;

import fr.sas.hub.agenda.place.PlaceStatement;
import fr.sas.hub.agenda.place.UnavailabilityDocument;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form « PÉRIODE D'INDISPONIBILITÉ » as it was filled in (guide 003, 2.5).
 *
 * @param maintenant from now on, until further notice
 * @param du first days of the periods
 * @param au last days, in the same order
 * @param version that the user has read
 * @param jour the day shown in the week from which the form was opened
 */
record AwayForm(
        @Nullable Boolean maintenant,
        @Nullable List<String> du,
        @Nullable List<String> au,
        @Nullable Long version,
        @Nullable String jour) {

    static final int MOST_PERIODS = 3;

    record Period(String from, String to) {
        boolean isBlank() {
            return from.isBlank() && to.isBlank();
        }
    }

    static AwayForm of(PlaceStatement said, @Nullable String jour) {
        return new AwayForm(
                said.unavailability().since() != null,
                said.unavailability().periods().stream()
                        .map(period -> period.from().toString())
                        .toList(),
                said.unavailability().periods().stream()
                        .map(period -> period.to().toString())
                        .toList(),
                said.unavailabilityVersion(),
                jour);
    }

    /** The periods that were filled in, at least partly. */
    public List<Period> periods() {
        List<Period> periods = new ArrayList<>();
        int rows = Math.max(du == null ? 0 : du.size(), au == null ? 0 : au.size());
        for (int i = 0; i < rows; i++) {
            Period period = new Period(at(du, i), at(au, i));
            if (!period.isBlank()) {
                periods.add(period);
            }
        }
        return periods;
    }

    /** Whether a period that the form shows has not been filled in: it shows one at least. */
    boolean hasBlankRow() {
        int rows = Math.max(1, Math.max(du == null ? 0 : du.size(), au == null ? 0 : au.size()));
        return periods().size() < rows;
    }

    /** Neither that nobody is there from now on, nor when. */
    boolean saysNothing() {
        return !Boolean.TRUE.equals(maintenant) && periods().isEmpty();
    }

    /** Whether this is already so for the place, as after the first of two submissions. */
    boolean says(PlaceStatement said) {
        AwayForm now = of(said, jour);
        return Boolean.TRUE.equals(maintenant) == Boolean.TRUE.equals(now.maintenant) && byDate().equals(now.byDate());
    }

    private List<Period> byDate() {
        return periods().stream().sorted(Comparator.comparing(Period::from)).toList();
    }

    /** Those to be filled in: what is there, and an empty one where there is nothing yet or one more was asked for. */
    List<Period> rows(boolean oneMore) {
        List<Period> rows = periods();
        if (rows.size() < MOST_PERIODS && (oneMore || rows.isEmpty())) {
            rows.add(new Period("", ""));
        }
        return rows;
    }

    AwayForm without(int index) {
        List<Period> left = periods();
        if (index >= 0 && index < left.size()) {
            left.remove(index);
        }
        return new AwayForm(
                maintenant,
                left.stream().map(Period::from).toList(),
                left.stream().map(Period::to).toList(),
                version,
                jour);
    }

    AwayForm on(long now) {
        return new AwayForm(maintenant, du, au, now, jour);
    }

    UnavailabilityDocument document() {
        return UnavailabilityDocument.ofForm(
                Boolean.TRUE.equals(maintenant),
                periods().stream()
                        .map(period -> new UnavailabilityDocument.PeriodDocument(
                                blankIsNull(period.from()), blankIsNull(period.to())))
                        .toList());
    }

    private static String at(@Nullable List<String> values, int index) {
        return values == null || index >= values.size() || values.get(index) == null ? "" : values.get(index);
    }

    private static @Nullable String blankIsNull(String text) {
        return text.isBlank() ? null : text;
    }
}
