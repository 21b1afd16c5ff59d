package fr.sas.hub.agenda.hours;

import java.time.Duration;

/**
 * How much of the two hours a week is visible (docs/decisions/0038).
 *
 * @param visible for a health centre the sum over its doctors
 * @param owed two hours for each doctor who owes them
 */
public record TwoHours(Duration visible, Duration owed) {

    public static TwoHours of(WeekOfHours week) {
        return new TwoHours(week.visible(), Duration.ofHours(2).multipliedBy(week.doctors()));
    }

    public boolean isReached() {
        return visible.compareTo(owed) >= 0;
    }
}
