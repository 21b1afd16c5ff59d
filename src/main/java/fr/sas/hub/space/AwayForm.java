package fr.sas.hub.space;

import fr.sas.hub.agenda.place.PlaceStatement;
import fr.sas.hub.agenda.place.UnavailabilityDocument;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form « PÉRIODE D'INDISPONIBILITÉ » as it was filled in (guide 003, 2.5).
 *
 * @param maintenant from now on, for an undetermined time
 * @param du first days of the periods
 * @param au last days, in the same order
 * @param version that the writer has read
 * @param jour the day that the week behind it shows
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

    /** Those somebody filled in, one half at least. */
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

    /** Neither that nobody is there from now on, nor when. */
    boolean saysNothing() {
        return !Boolean.TRUE.equals(maintenant) && periods().isEmpty();
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
        return UnavailabilityDocument.said(
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
