package fr.sas.hub.account;

import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.access.Person;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The person who opened a page of the personal space.
 *
 * @param name for a greeting
 * @param family empty if the provider did not give it; the same applies to {@code given}
 * @param email null if they sign in without one
 * @param persons as whom they may act at this moment, each kind at most once; empty if all of it has ended
 * @param roles their other roles, without acting for anyone: regulator, ops
 * @param acting as whom they chose to act, otherwise the first; null if there is none
 */
public record Visitor(
        UUID account,
        String name,
        String family,
        String given,
        @Nullable EmailAddress email,
        List<Person> persons,
        List<AccountRole> roles,
        @Nullable Person acting) {

    public List<Person> personsChosenFirst() {
        return Stream.concat(Stream.ofNullable(acting), persons.stream())
                .distinct()
                .toList();
    }
}
