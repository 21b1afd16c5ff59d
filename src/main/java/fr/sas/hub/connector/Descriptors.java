package fr.sas.hub.connector;

import fr.sas.hub.slot.Source;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Watches the folder of descriptors and makes the hub what it says: a new file is asked seconds later, a wrong one is
 * refused with line and reason while its last good version stays in force, a removed one takes its slots with it. A
 * folder that cannot be read changes nothing: failure is not absence. Nor does a file that this node never had, while
 * another has it: a node may be started with an older folder.
 */
@Component
class Descriptors implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Descriptors.class);
    private static final long OBEY_EVERY_MILLIS = 250;
    private static final String ENDING = ".yaml";

    private final Path folder;
    private final DescriptorReader reader;
    private final Vendors vendors;
    private final VendorLines lines;
    private final VendorRoutes routes;
    private final Roster roster;
    private final Targets targets;
    private final Overrides overrides;
    private final JdbcTemplate jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    private final long lookEveryMillis;
    private final HeldDescriptors held;
    private final Map<String, String> seen = new HashMap<>();
    private final Map<String, RefusedDescriptor> refused = new TreeMap<>();
    private Map<Source, Overrides.Kept> obeyed = Map.of();
    private boolean folderWasReadable = true;
    private volatile @Nullable Thread watcher;

    Descriptors(
            @Value("${hub.connectors}") Path folder,
            DescriptorReader reader,
            Vendors vendors,
            VendorLines lines,
            VendorRoutes routes,
            Roster roster,
            Targets targets,
            Overrides overrides,
            JdbcTemplate jdbc,
            ApplicationEventPublisher events,
            ConnectorSettings settings,
            Clock clock) {
        this.folder = folder;
        this.reader = reader;
        this.vendors = vendors;
        this.lines = lines;
        this.routes = routes;
        this.roster = roster;
        this.targets = targets;
        this.overrides = overrides;
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
        this.lookEveryMillis = settings.lookEvery().toMillis();
        this.held = new HeldDescriptors(jdbc, (int) (settings.goneAfter().toMillis() / lookEveryMillis));
    }

    @Override
    public void start() {
        obeyed = overrides.all();
        reconcile();
        Thread thread = Thread.ofPlatform().name("descriptors").daemon().unstarted(this::watch);
        watcher = thread;
        thread.start();
    }

    @Override
    public void stop() {
        Thread thread = watcher;
        watcher = null;
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** Before the web server: nobody is answered by a hub that does not know its vendors yet. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public boolean isRunning() {
        return watcher != null;
    }

    synchronized List<RefusedDescriptor> refusals() {
        return List.copyOf(refused.values());
    }

    private void watch() {
        long turnMillis = Math.min(OBEY_EVERY_MILLIS, lookEveryMillis);
        long untilLook = lookEveryMillis;
        while (watcher == Thread.currentThread()) {
            try {
                Thread.sleep(turnMillis);
                untilLook -= turnMillis;
                if (untilLook <= 0) {
                    untilLook = lookEveryMillis;
                    reconcile();
                }
                obeyOperators();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                log.error("The descriptors could not be looked at; trying again", e);
            }
        }
    }

    private synchronized void reconcile() {
        Map<String, String> files = read();
        if (files == null) {
            return;
        }
        files.forEach((id, text) -> {
            if (!text.equals(seen.get(id))) {
                seen.put(id, text);
                take(id, text);
            }
        });
        Set<String> leaving = new HashSet<>(seen.keySet());
        leaving.removeAll(files.keySet());
        leaving.addAll(held.noMore(files.keySet(), leaving));
        leaving.forEach(this::leave);
        refused.keySet().retainAll(files.keySet());
        seen.keySet().retainAll(files.keySet());
    }

    private @Nullable Map<String, String> read() {
        Map<String, String> files = new TreeMap<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, "*" + ENDING)) {
            for (Path file : stream) {
                String name = file.getFileName().toString();
                files.put(name.substring(0, name.length() - ENDING.length()), Files.readString(file));
            }
            folderWasReadable = true;
            return files;
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            if (folderWasReadable) {
                log.error(
                        "The folder of descriptors {} cannot be read; everything stays as it is: {}",
                        folder.toAbsolutePath(),
                        e.toString());
                folderWasReadable = false;
            }
            return null;
        }
    }

    private void take(String id, String text) {
        try {
            VendorDescriptor descriptor = reader.read(id, text);
            jdbc.update("""
                    INSERT INTO connector_descriptor (source, yaml, since) VALUES (?, ?, ?)
                    ON CONFLICT (source) DO UPDATE SET yaml = excluded.yaml, since = excluded.since
                    WHERE connector_descriptor.yaml <> excluded.yaml""", id, text, Timestamp.from(clock.instant()));
            refused.remove(id);
            putInForce(descriptor);
            log.info("Vendor {} is {} at {}", id, descriptor.status(), descriptor.baseUrl());
        } catch (DescriptorReader.Refused e) {
            String file = folder.resolve(id + ENDING).toString();
            refused.put(id, new RefusedDescriptor(file, e.line(), String.valueOf(e.getMessage())));
            log.error("Descriptor refused: {} line {}: {}", file, e.line(), e.getMessage());
            keepLastGood(id);
        }
    }

    /** After a restart with a broken file: what was in force before is in force again. */
    private void keepLastGood(String id) {
        if (vendors.list().stream().anyMatch(vendor -> vendor.source().name().equals(id))) {
            return;
        }
        for (String text :
                jdbc.queryForList("SELECT yaml FROM connector_descriptor WHERE source = ?", String.class, id)) {
            try {
                putInForce(reader.read(id, text));
                log.warn("Vendor {} stays in force by its last good descriptor", id);
            } catch (DescriptorReader.Refused e) {
                log.error(
                        "The last good descriptor of {} is not good any more: line {}: {}",
                        id,
                        e.line(),
                        e.getMessage());
            }
        }
    }

    /** Vendors are as their operators have them now, whatever node they said it to. */
    synchronized void obeyOperators() {
        Map<Source, Overrides.Kept> now = overrides.all();
        for (VendorDescriptor vendor : vendors.descriptors()) {
            Overrides.Kept said = now.getOrDefault(vendor.source(), Overrides.Kept.NOTHING);
            Overrides.Kept before = obeyed.getOrDefault(vendor.source(), Overrides.Kept.NOTHING);
            if (!said.equals(before)) {
                obey(vendor, said, before);
            }
        }
        obeyed = now;
    }

    private void obey(VendorDescriptor vendor, Overrides.Kept said, Overrides.Kept before) {
        Source source = vendor.source();
        if (said.breakerForgottenAt() != null && !said.breakerForgottenAt().equals(before.breakerForgottenAt())) {
            lines.find(source).ifPresent(VendorLine::forgetFailures);
        }
        VendorDescriptor after = vendor.with(said.status(), said.doubted());
        if (!after.equals(vendor)) {
            lines.find(source).ifPresent(line -> line.descriptor = after);
            vendors.put(after);
            events.publishEvent(new VendorChanged(source, after.status()));
            log.info("Vendor {} is {}{}", source, after.status(), after.doubted() ? ", and doubted" : "");
        }
    }

    /** Who changes the status in the file has the last word: what operators said before ends with it. */
    private VendorDescriptor withOperatorsWord(VendorDescriptor declared) {
        Source source = declared.source();
        Overrides.Kept kept = overrides.all().getOrDefault(source, Overrides.Kept.NOTHING);
        StatusOverride override = kept.status();
        if (override != null && override.declared() != declared.declared()) {
            overrides.keep(source, null);
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
        lines.open(descriptor);
        vendors.put(descriptor);
        roster.align(descriptor);
        if (descriptor.isAsked()) {
            routes.open(descriptor);
        } else {
            routes.close(descriptor.source());
        }
        events.publishEvent(new VendorChanged(descriptor.source(), descriptor.status()));
    }

    private void leave(String id) {
        Source source = new Source(id);
        lines.close(source);
        vendors.remove(source);
        routes.close(source);
        targets.removeSource(source);
        overrides.forget(source);
        events.publishEvent(new VendorLeft(source));
        held.forget(id);
        log.info("Vendor {} left, and took its slots with it", id);
    }
}
