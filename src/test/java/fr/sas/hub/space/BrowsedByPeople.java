package fr.sas.hub.space;

import fr.sas.hub.testing.OpenBrowser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A browser, people of every kind who can sign in, and what bars their way: for tests of accessibility. */
class BrowsedByPeople {

    @RegisterExtension
    static final OpenBrowser browser = new OpenBrowser();

    @LocalServerPort
    int port;

    final Barriers barriers = new Barriers();
    CheckedPeople people;

    @BeforeEach
    void somebody_is_known() {
        people = CheckedPeople.at(port);
    }
}
