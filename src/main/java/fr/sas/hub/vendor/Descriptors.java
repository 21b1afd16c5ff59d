package fr.sas.hub.vendor;

import fr.sas.hub.database.BackgroundThread;
import fr.sas.hub.database.DatabaseFailure;
import fr.sas.hub.slot.Source;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Watches the folder of descriptors and applies it: a new vendor is queried seconds later, an invalid file is refused
 * with line and reason while its last good version stays in force, a removed one takes its slots with it. Files are
 * independent of each other. A folder that cannot be read changes nothing, not even at startup: failure is not absence.
 * Nor does the absence of a file that this node never had while another node has it: a node may be started with an
 * older folder.
 */
@Component
public class Descriptors implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Descriptors.class);
    private static final long OBEY_EVERY_MILLIS = 250;

    private final DescriptorFolder folder;
    private final DescriptorReader reader;
    private final Vendors vendors;
    private final List<DescriptorListener> followers;
    private final Overrides overrides;
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    private final long lookEveryMillis;
    private final HeldDescriptors held;
    private final Map<String, DescriptorFile> seen = new HashMap<>();
    private volatile Map<String, RefusedDescriptor> refused = Map.of();
    private Map<Source, Overrides.VendorOverrides> applied = Map.of();
    private boolean looked;
    private final BackgroundThread watcher = new BackgroundThread("descriptors", this::watch);

    Descriptors(
            @Value("${hub.connectors}") Path folder,
            DescriptorReader reader,
            Vendors vendors,
            List<DescriptorListener> followers,
            Overrides overrides,
            JdbcClient jdbc,
            ApplicationEventPublisher events,
            ConnectorSettings settings,
            Clock clock) {
        this.folder = new DescriptorFolder(folder);
        this.reader = reader;
        this.vendors = vendors;
        this.followers = followers;
        this.overrides = overrides;
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
        this.lookEveryMillis = settings.lookEvery().toMillis();
        this.held = new HeldDescriptors(jdbc, (int) (settings.goneAfter().toMillis() / lookEveryMillis));
    }

    @Override
    public void start() {
        applied = overrides.all();
        reconcile();
        watcher.start();
    }

    @Override
    public void stop() {
        watcher.stop();
    }

    /** Before the web server, so that no request is answered before the hub knows its vendors. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public boolean isRunning() {
        return watcher.isRunning();
    }

    public List<RefusedDescriptor> refusals() {
        return List.copyOf(refused.values());
    }

    public boolean isFolderReadable() {
        return folder.isReadable();
    }

    private void watch() {
        long turnMillis = Math.min(OBEY_EVERY_MILLIS, lookEveryMillis);
        long untilLook = lookEveryMillis;
        while (watcher.goesOn()) {
            try {
                Thread.sleep(turnMillis);
                untilLook -= turnMillis;
                if (untilLook <= 0) {
                    untilLook = lookEveryMillis;
                    reconcile();
                }
                applyOverrides();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                if (DatabaseFailure.isIn(e)) {
                    log.warn("The descriptors could not be checked; trying again: {}", DatabaseFailure.reason(e));
                } else {
                    log.error("The descriptors could not be checked; trying again", e);
                }
            }
        }
    }

    private synchronized void reconcile() {
        Map<String, DescriptorFile> files = folder.scan();
        if (!looked && files == null) {
            held.all().forEach(this::keepLastGood);
        }
        looked = true;
        if (files == null) {
            return;
        }
        files.forEach((id, file) -> {
            if (!file.equals(seen.get(id))) {
                take(id, file);
            }
        });
        Set<String> names = files.keySet();
        Set<String> here = vendorsAmong(names);
        Set<String> leaving = vendorsAmong(seen.keySet());
        leaving.removeAll(here);
        leaving.addAll(held.noMore(here, leaving));
        leaving.forEach(this::leave);
        refused = refusedWith(now -> now.keySet().retainAll(names));
        seen.keySet().retainAll(names);
    }

    private static Set<String> vendorsAmong(Set<String> names) {
        return names.stream().filter(DescriptorFolder::isId).collect(Collectors.toCollection(HashSet::new));
    }

    private Map<String, RefusedDescriptor> refusedWith(Consumer<Map<String, RefusedDescriptor>> change) {
        Map<String, RefusedDescriptor> next = new TreeMap<>(refused);
        change.accept(next);
        return Collections.unmodifiableMap(next);
    }

    /** Failures are confined to this file. */
    private void take(String id, DescriptorFile file) {
        try {
            switch (file) {
                case DescriptorFile.Text text -> take(id, text.text());
                case DescriptorFile.Unreadable unreadable -> refuse(id, unreadable.line(), unreadable.reason());
            }
            seen.put(id, file);
        } catch (DescriptorReader.Refused e) {
            refuse(id, e.line(), String.valueOf(e.getMessage()));
            seen.put(id, file);
        } catch (RuntimeException e) {
            RefusedDescriptor why = new RefusedDescriptor(
                    folder.fileOf(id).toString(), 1, "could not be put into force, trying again: " + e);
            if (!why.equals(refused.get(id))) {
                log.error("Descriptor not accepted: {}", why.file(), e);
            }
            refused = refusedWith(now -> now.put(id, why));
        }
    }

    private void take(String id, String text) throws DescriptorReader.Refused {
        VendorDescriptor descriptor = reader.read(id, text);
        jdbc.sql("""
                        INSERT INTO connector_descriptor (source, yaml, since) VALUES (:source, :yaml, :now)
                        ON CONFLICT (source) DO UPDATE SET yaml = excluded.yaml, since = excluded.since
                        WHERE connector_descriptor.yaml <> excluded.yaml""")
                .param("source", id)
                .param("yaml", text)
                .param("now", Timestamp.from(clock.instant()))
                .update();
        putInForce(descriptor);
        refused = refusedWith(now -> now.remove(id));
        log.info("Vendor {} is {} at {}", id, descriptor.status(), descriptor.baseUrl());
    }

    private void refuse(String id, int line, String reason) {
        String file = folder.fileOf(id).toString();
        refused = refusedWith(now -> now.put(id, new RefusedDescriptor(file, line, reason)));
        log.error("Descriptor refused: {} line {}: {}", file, line, reason);
        if (DescriptorFolder.isId(id)) {
            keepLastGood(id);
        }
    }

    /** After a restart with a broken file, or without the folder: restores the version that was in force before. */
    private void keepLastGood(String id) {
        if (vendors.find(new Source(id)).isPresent()) {
            return;
        }
        lastGood(new Source(id)).ifPresent(text -> {
            try {
                putInForce(reader.read(id, text));
                log.warn("Vendor {} stays in force by its last good descriptor", id);
            } catch (DescriptorReader.Refused e) {
                log.error(
                        "The last good descriptor of {} is no longer valid: line {}: {}", id, e.line(), e.getMessage());
            }
        });
    }

    /** The text of the file that was last put in force, on any node; empty for an unknown vendor. */
    public Optional<String> lastGood(Source source) {
        return jdbc.sql("SELECT yaml FROM connector_descriptor WHERE source = :source")
                .param("source", source.name())
                .query(String.class)
                .optional();
    }

    /** Applies operators' changes, whichever node they were made on. */
    public synchronized void applyOverrides() {
        Map<Source, Overrides.VendorOverrides> now = overrides.all();
        for (VendorDescriptor vendor : vendors.descriptors()) {
            Overrides.VendorOverrides said = now.getOrDefault(vendor.source(), Overrides.VendorOverrides.NOTHING);
            Overrides.VendorOverrides before = applied.getOrDefault(vendor.source(), Overrides.VendorOverrides.NOTHING);
            if (!said.equals(before)) {
                applyOverrides(vendor, said, before);
            }
        }
        applied = now;
    }

    private void applyOverrides(
            VendorDescriptor vendor, Overrides.VendorOverrides said, Overrides.VendorOverrides before) {
        Source source = vendor.source();
        if (said.breakerForgottenAt() != null && !said.breakerForgottenAt().equals(before.breakerForgottenAt())) {
            followers.forEach(follower -> follower.forgetFailures(source));
        }
        VendorDescriptor after = vendor.with(said.status(), said.doubted());
        if (!after.equals(vendor)) {
            followers.forEach(follower -> follower.overruled(after));
            vendors.put(after);
            events.publishEvent(new VendorChanged(source, after.status()));
            log.info("Vendor {} is {}{}", source, after.status(), after.doubted() ? ", and doubted" : "");
        }
    }

    /** Changing the status in the file takes precedence: it ends earlier overrides by operators. */
    private VendorDescriptor withOperatorsWord(VendorDescriptor declared) {
        Source source = declared.source();
        Overrides.VendorOverrides kept = overrides.all().getOrDefault(source, Overrides.VendorOverrides.NOTHING);
        StatusOverride override = kept.status();
        if (override != null && override.declared() != declared.declared()) {
            overrides.save(source, null);
            overrides.record(
                    source,
                    new Overrides.Action(
                            clock.instant(),
                            "lapse",
                            "descriptor",
                            "The descriptor says " + declared.declared() + " and no longer " + override.declared()));
            return declared.with(null, kept.doubted());
        }
        return declared.with(override, kept.doubted());
    }

    private void putInForce(VendorDescriptor declared) {
        VendorDescriptor descriptor = withOperatorsWord(declared);
        vendors.put(descriptor);
        followers.forEach(follower -> follower.inForce(descriptor));
        events.publishEvent(new VendorChanged(descriptor.source(), descriptor.status()));
    }

    private void leave(String id) {
        Source source = new Source(id);
        vendors.remove(source);
        followers.forEach(follower -> follower.onVendorRemoved(source));
        overrides.forget(source);
        events.publishEvent(new VendorRemoved(source));
        held.forget(id);
        log.info("Vendor {} left, and took its slots with it", id);
    }
}
