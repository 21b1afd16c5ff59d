package fr.sas.hub.ops;

import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.OpenBrowser;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The console in a real browser, visited while a vendor is connected. */
@HubTest
abstract class VisitedConsole {

    @RegisterExtension
    static final OpenBrowser BROWSER = new OpenBrowser();

    @LocalServerPort
    int port;

    @Value("${hub.connectors}")
    Path connectors;

    ConsoleVisit visit;

    @BeforeEach
    void a_vendor_is_connected() {
        visit = new ConsoleVisit(BROWSER.get(), port, connectors);
    }

    @AfterEach
    void the_vendor_leaves() {
        visit.close();
    }
}
