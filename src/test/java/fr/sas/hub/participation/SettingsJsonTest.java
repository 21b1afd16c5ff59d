package fr.sas.hub.participation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class SettingsJsonTest {

    @Test
    void stored_settings_with_a_field_of_a_newer_hub_are_read_although_requests_may_not_have_one() {
        SettingsJson stored = new SettingsJson(new ObjectMapper());

        SettingsDocument read = stored.read("{\"vendorSlotsHidden\": true, \"newer\": [1]}", SettingsDocument.class);

        assertThat(read.vendorSlotsHidden()).isTrue();
    }
}
