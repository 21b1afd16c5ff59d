package fr.sas.hub.ops;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.ColorScheme;
import fr.sas.hub.testing.Browser;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.FakeVendor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.VendorBook;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Somebody of operations at the console of a hub to which one vendor is connected, until the visit ends. */
final class ConsoleVisit implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final ContainsTextOptions PATIENTLY = new ContainsTextOptions().setTimeout(30_000);

    /** Of this visit alone: what another left behind is not met. */
    final String vendorId;

    final String doctor;
    final FakeVendor vendor;
    private final Browser browser;
    private final int port;
    private final Path connectors;
    private final List<String> foreign = new ArrayList<>();

    ConsoleVisit(Browser browser, int port, Path connectors) {
        this.browser = browser;
        this.port = port;
        this.connectors = connectors;
        int number = NUMBER.incrementAndGet();
        vendorId = "console-rdv-" + number;
        doctor = "8999000061%02d".formatted(number);
        var known = new VendorBook.Doctor(
                doctor,
                "ORMEAU",
                "Camille",
                List.of("SM54"),
                List.of(new VendorBook.Office(List.of("1750000061"), "1 rue des Ormes", "75011", "PARIS", "")));
        vendor = FakeVendor.aFakeVendor(vendorId, VendorBook.of(List.of(known))).start();
        descriptor().dropInto(connectors);
    }

    /** As it is connected. */
    Descriptor descriptor() {
        return Descriptor.of(vendorId)
                .at(vendor.baseUrl())
                .roster(doctor)
                .poll("every: 1s")
                .poll("idleEvery: 1s");
    }

    /** A reader who is not known yet. */
    Page page(String locale, ColorScheme scheme) {
        Page page = browser.page(locale, scheme);
        page.onRequest(request -> {
            if (!request.url().startsWith(url("/"))) {
                foreign.add(request.url());
            }
        });
        return page;
    }

    /** At the first page, with a token. */
    Page entered(String locale, ColorScheme scheme) {
        Page page = page(locale, scheme);
        page.navigate(url("/ops/login"));
        page.locator("#token").fill("test-ops");
        page.keyboard().press("Enter");
        assertThat(page).hasURL(url("/ops"));
        return page;
    }

    /** The same, once the vendor has answered. */
    Page enteredWhenItAnswers(String locale, ColorScheme scheme) {
        Page page = entered(locale, scheme);
        assertThat(row(page)).containsText(locale.startsWith("fr") ? "répond" : "answering", PATIENTLY);
        return page;
    }

    /** The vendor's, on the first page. */
    Locator row(Page page) {
        return page.locator("tr[data-vendor=" + vendorId + "]");
    }

    String url(String path) {
        return "http://localhost:" + port + path;
    }

    /** What pages loaded from elsewhere. */
    List<String> foreign() {
        return foreign;
    }

    @Override
    public void close() {
        Descriptor.of(vendorId).removeFrom(connectors);
        HubClient ops = HubClient.at(port).as("test-ops");
        await().until(() -> ops.get("/api/v1/connectors/" + vendorId).statusCode() == 404);
        vendor.close();
    }
}
