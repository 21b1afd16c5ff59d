package fr.sas.hub.ops;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static fr.sas.hub.testing.VendorBundle.aBundle;
import static fr.sas.hub.testing.VendorBundle.aPlace;
import static fr.sas.hub.testing.VendorBundle.aPractitioner;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.VendorBundle;
import fr.sas.hub.testing.VendorSlot;
import java.nio.file.Path;

/** A vendor whose every answer the test writes, asked for one practitioner. */
final class StubbedVendor implements AutoCloseable {

    final String id;
    private final String practitioner;
    private String body = "";
    private final WireMockServer server =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());

    StubbedVendor(String id, String practitioner) {
        this.id = id;
        this.practitioner = practitioner;
        server.start();
        offers();
    }

    /** Descriptor of a live vendor asked every second. */
    Descriptor descriptor() {
        return Descriptor.of(id)
                .at(server.baseUrl())
                .roster(practitioner)
                .poll("every: 1s")
                .poll("idleEvery: 1s");
    }

    StubbedVendor joins(Path connectors) {
        descriptor().dropInto(connectors);
        return this;
    }

    void offers(VendorSlot... slots) {
        var whose = aPractitioner(practitioner, "DURAND", "Alice").at(aPlace("1750000001"));
        for (VendorSlot slot : slots) {
            whose.slot(slot);
        }
        body = (slots.length == 0 ? aBundle() : aBundle().with(whose)).toJson();
        answers(okJson(body));
    }

    void answers(VendorBundle bundle) {
        answers(okJson(bundle.toJson()));
    }

    void answers(ResponseDefinitionBuilder answer) {
        server.stubFor(get(urlPathEqualTo("/Slot")).willReturn(answer));
    }

    String address() {
        return server.baseUrl();
    }

    /** What it answers now. */
    String body() {
        return body;
    }

    int questions() {
        return server.findAll(getRequestedFor(anyUrl())).size();
    }

    @Override
    public void close() {
        server.stop();
    }
}
