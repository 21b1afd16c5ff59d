package fr.sas.hub.space;

import fr.sas.hub.delegation.People;
import fr.sas.hub.testing.PeopleHubTest;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** {@link Everybody}, and every address that the application itself lists. */
@PeopleHubTest
abstract class RightsMatrix {

    @LocalServerPort
    int port;

    @Autowired
    Map<String, RequestMappingHandlerMapping> mappings;

    Everybody everybody;
    People people;
    People far;
    String msp;

    @BeforeEach
    void everybody_acts_for_whom_they_act() {
        everybody = new Everybody(port);
        people = everybody.people;
        far = everybody.far;
        msp = everybody.msp;
    }
}
