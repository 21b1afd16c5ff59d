package fr.sas.hub.index.news;

import static fr.sas.hub.index.LiveVendors.SOLEIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.Node;
import fr.sas.hub.vendor.Vendors;
import org.junit.jupiter.api.Test;

/**
 * {@code hub.news} is changed node by node. The node of before looks for others once an hour only: it never notices that one was added
 * that hears by something else, and goes on answering from memory.
 */
abstract class NodesOfBothKinds extends NodesOnOneDatabase {

    /** With the other value of {@code hub.news}. */
    abstract Node.Setup otherwise(Node.Setup added);

    @Test
    void what_is_refused_on_one_is_shown_by_none() {
        HubClient before = HubClient.at(port);
        await().untilAsserted(() -> assertThat(readinessOf(before)).isEqualTo("UP"));
        try (Node added = otherwise(Node.on(database, connectors))
                .with("hub.index.listen-again-every=1s")
                .start()) {
            await().until(() -> added.bean(Vendors.class).find(SOLEIL).isPresent());
            PractitionerId alice = Batches.newPractitioner();
            PractitionerId bruno = Batches.newPractitioner();
            isShownBy(alice, before, added.client());
            isShownBy(bruno, before, added.client());

            refuses(alice, events);
            refuses(bruno, added.context());

            soon().until(() -> slotsSeenBy(added.client(), alice) == 0 && slotsSeenBy(before, bruno) == 0);
            await().untilAsserted(() -> assertThat(readinessOf(added.client())).isEqualTo("WARN"));
        }
    }
}
