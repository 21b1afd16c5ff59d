package fr.sas.hub.testing;

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
import java.nio.file.Path;

/** A vendor whose every answer the test writes, asked for one practitioner. */
public final class StubbedVendor implements AutoCloseable {

    public final String id;
    private final String practitioner;
    private String body = "";
    private final WireMockServer server =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());

    public StubbedVendor(String id, String practitioner) {
        this.id = id;
        this.practitioner = practitioner;
        server.start();
        offers();
    }

    /** Descriptor of a live vendor asked every second. */
    public Descriptor descriptor() {
        return Descriptor.of(id)
                .at(server.baseUrl())
                .roster(practitioner)
                .poll("every: 1s")
                .poll("idleEvery: 1s");
    }

    public StubbedVendor joins(Path connectors) {
        descriptor().dropInto(connectors);
        return this;
    }

    public void offers(VendorSlot... slots) {
        var whose = aPractitioner(practitioner, "DURAND", "Alice").at(aPlace("1750000001"));
        for (VendorSlot slot : slots) {
            whose.slot(slot);
        }
        body = (slots.length == 0 ? aBundle() : aBundle().with(whose)).toJson();
        answers(okJson(body));
    }

    public void answers(VendorBundle bundle) {
        answers(okJson(bundle.toJson()));
    }

    public void answers(ResponseDefinitionBuilder answer) {
        server.stubFor(get(urlPathEqualTo("/Slot")).willReturn(answer));
    }

    public String address() {
        return server.baseUrl();
    }

    /** What it answers now. */
    public String body() {
        return body;
    }

    public int questions() {
        return server.findAll(getRequestedFor(anyUrl())).size();
    }

    @Override
    public void close() {
        server.stop();
    }
}
