package fr.sas.hub.account;

import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.access.Person;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who opened a page of the personal space.
 *
 * @param name for a greeting
 * @param family empty where the provider did not say it; so is {@code given}
 * @param email null for who signs in without one
 * @param persons as whom they may act at this moment, each kind at most once; empty when all of it ended
 * @param roles what else they are here, without acting for anybody: a regulator, one who runs the hub
 * @param acting as whom they chose to act, else the first; null when there is none
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
