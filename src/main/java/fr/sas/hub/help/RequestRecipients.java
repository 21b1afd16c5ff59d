package fr.sas.hub.help;

import fr.sas.hub.access.EmailAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who handles a request (guides 002 and 003, 3.1), by its topic and territory: the most specific rule applies. */
@Component
class RequestRecipients {

    private record Rule(
            @Nullable RequestTopic topic, @Nullable Departement territory, EmailAddress email) {

        boolean fits(RequestTopic asked, Departement where) {
            return (topic == null || topic == asked) && (territory == null || territory.equals(where));
        }

        /** A territory is more specific than a topic. */
        int specificity() {
            return (territory == null ? 0 : 2) + (topic == null ? 0 : 1);
        }
    }

    private final List<Rule> rules;

    /** @throws IllegalArgumentException for a rule that no request could match, so that the hub does not start */
    RequestRecipients(ContactSettings settings) {
        rules = settings.addressees().stream()
                .map(RequestRecipients::rule)
                .sorted(Comparator.comparingInt(Rule::specificity).reversed())
                .toList();
    }

    private static Rule rule(ContactSettings.Addressee said) {
        return new Rule(
                said.topic() == null
                        ? null
                        : RequestTopic.parse(said.topic())
                                .orElseThrow(() -> new IllegalArgumentException(
                                        "hub.contact.addressees: there is no topic " + said.topic())),
                said.territory() == null
                        ? null
                        : Departement.find(said.territory())
                                .orElseThrow(() -> new IllegalArgumentException(
                                        "hub.contact.addressees: there is no département " + said.territory())),
                EmailAddress.parse(said.email())
                        .orElseThrow(() -> new IllegalArgumentException(
                                "hub.contact.addressees: not an e-mail address: " + said.email())));
    }

    /** Empty if no rule applies. */
    Optional<EmailAddress> of(RequestTopic topic, Departement territory) {
        return rules.stream()
                .filter(rule -> rule.fits(topic, territory))
                .findFirst()
                .map(Rule::email);
    }
}
