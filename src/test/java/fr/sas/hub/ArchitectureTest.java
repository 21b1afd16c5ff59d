package fr.sas.hub;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ArchitectureTest {

    @Test
    void every_room_imports_only_the_rooms_it_declares() {
        ApplicationModules.of(HubApplication.class).verify();
    }
}
