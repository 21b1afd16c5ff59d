package fr.sas.hub.regulator;

import fr.sas.hub.access.EntityTag;
import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.outbox.LetterEnding;
import fr.sas.hub.outbox.LetterSettled;
import fr.sas.hub.outbox.Outbox;
import fr.sas.hub.slot.Source;
import fr.sas.hub.vendor.Vendor;
import fr.sas.hub.vendor.VendorChanged;
import fr.sas.hub.vendor.VendorRemoved;
import fr.sas.hub.vendor.Vendors;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The room's front door. A deactivation is queued for the vendors that know the regulator in the transaction that makes
 * it; creations and changes are queued when the regulator logs in, for every vendor that has not received them yet.
 * What could not be queued then is owed ({@link MissedNotifications}).
 */
@Service
public class RegulatorAccounts {

    private final RegulatorAccountRows rows;
    private final AccountTables tables;
    private final Vendors vendors;
    private final Outbox outbox;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    RegulatorAccounts(
            RegulatorAccountRows rows,
            AccountTables tables,
            Vendors vendors,
            Outbox outbox,
            ApplicationEventPublisher events,
            Clock clock) {
        this.rows = rows;
        this.tables = tables;
        this.vendors = vendors;
        this.outbox = outbox;
        this.events = events;
        this.clock = clock;
    }

    /** @param identifier the platform's UUID or the national identifier, in any form */
    public Optional<Regulator> find(String identifier) {
        return rows.findByIdentifier(identifier).map(RegulatorAccount::regulator);
    }

    RegulatorAccount account(UUID id) {
        return rows.findById(id).orElseThrow(() -> unknown(id));
    }

    private static NotFound unknown(UUID id) {
        return new NotFound("There is no regulator " + id, "Ce régulateur n'existe pas.");
    }

    /** @param expected the version to be replaced; null: any */
    @Transactional
    RegulatorAccount save(Regulator regulator, @Nullable Long expected, String by) {
        RegulatorAccount account = store(regulator, expected, by);
        events.publishEvent(new AccountSaved(regulator));
        return account;
    }

    private RegulatorAccount store(Regulator regulator, @Nullable Long expected, String by) {
        rows.lockBeforeItExists(regulator.id().toString());
        RegulatorAccount before = rows.findLockedById(regulator.id()).orElse(null);
        EntityTag.check(expected, before == null ? 0 : before.version());
        if (before != null && before.regulator().equals(regulator)) {
            return before;
        }
        mustBeAlone(regulator);
        RegulatorAccount account = rows.saveAndFlush(changed(before, regulator, by));
        if (!regulator.active()) {
            AccountLetter letter = new AccountLetter(regulator, account.version());
            tables.list(regulator.id()).stream()
                    .filter(known -> known.knownAs() != null || known.putVersion() > 0)
                    .map(AccountTables.VendorAccountRecord::vendor)
                    .filter(this::takesAccounts)
                    .forEach(vendor -> queue(vendor, letter));
        }
        return account;
    }

    private RegulatorAccount changed(@Nullable RegulatorAccount before, Regulator regulator, String by) {
        if (before == null) {
            return new RegulatorAccount(regulator, by, clock.instant());
        }
        before.change(regulator, by, clock.instant());
        return before;
    }

    private void mustBeAlone(Regulator regulator) {
        String nationalId = regulator.nationalId();
        if (nationalId != null
                && rows.findByIdentifier(nationalId)
                        .filter(other -> !other.regulator().id().equals(regulator.id()))
                        .isPresent()) {
            throw new InvalidInput(
                    "nationalId",
                    "belongs to another regulator",
                    "Cet identifiant national appartient à un autre régulateur.");
        }
    }

    /** Informs every vendor that takes accounts and has not been sent this version yet. */
    @Transactional
    RegulatorAccount login(UUID id) {
        RegulatorAccount account = rows.findLockedById(id).orElseThrow(() -> unknown(id));
        if (!account.regulator().active()) {
            throw new InvalidInput(
                    "active",
                    "is false: a deactivated regulator cannot log in",
                    "Ce régulateur est désactivé : il ne peut pas se connecter.");
        }
        account.login(clock.instant());
        Map<Source, AccountTables.VendorAccountRecord> known = tables.list(id).stream()
                .collect(Collectors.toMap(AccountTables.VendorAccountRecord::vendor, Function.identity()));
        AccountLetter letter = new AccountLetter(account.regulator(), account.version());
        takingAccounts().stream()
                .filter(vendor ->
                        !known.containsKey(vendor) || known.get(vendor).putVersion() != account.version())
                .forEach(vendor -> queue(vendor, letter));
        return account;
    }

    private void queue(Source vendor, AccountLetter letter) {
        // in the order in which a letter is settled: the outbox's rows, then ours
        outbox.put(
                AccountLetter.destination(vendor),
                letter.regulator().id().toString(),
                letter.write(),
                Outbox.QueuePolicy.LAST_STATE);
        tables.put(letter.regulator().id(), vendor, letter.version());
    }

    /** Queues again what was not queued, or was forgotten, while the vendor took no accounts. */
    @Transactional
    void queuePending(AccountTables.PendingNotification pending) {
        RegulatorAccount account = rows.findLockedById(pending.regulator()).orElseThrow();
        boolean isPending = tables.find(pending.regulator(), pending.vendor())
                .filter(known -> known.putVersion() != account.version())
                .isPresent();
        if (isPending && takesAccounts(pending.vendor())) {
            queue(pending.vendor(), new AccountLetter(account.regulator(), account.version()));
        }
    }

    List<Source> takingAccounts() {
        return vendors.list().stream()
                .filter(Vendor::takesAccounts)
                .map(Vendor::source)
                .toList();
    }

    private boolean takesAccounts(Source vendor) {
        return vendors.find(vendor).map(Vendor::takesAccounts).orElse(false);
    }

    @EventListener
    void settled(LetterSettled settled) {
        if (!settled.letter().destination().channel().equals(AccountLetter.CHANNEL)
                || !(settled.ending() instanceof LetterEnding.Delivered)) {
            return;
        }
        AccountLetter letter = AccountLetter.read(settled.letter().body());
        tables.taken(
                letter.regulator().id(),
                AccountLetter.vendor(settled.letter().destination()),
                letter.regulator().identifier().value(),
                letter.version(),
                clock.instant());
    }

    /**
     * The vendor was paused before, or had another address: waiting letters are tried at once. A vendor that no longer
     * takes accounts is not sent its waiting letters; should it take them again, {@link MissedNotifications} handles it.
     */
    @EventListener
    @Transactional
    public void changed(VendorChanged vendor) {
        if (!takesAccounts(vendor.source())) {
            outbox.forget(AccountLetter.destination(vendor.source()));
            tables.forgetUntaken(vendor.source());
        } else if (vendor.status() != Vendor.Status.PAUSED) {
            outbox.wake(AccountLetter.destination(vendor.source()));
        }
    }

    /** Should it return, it may still know everyone, or no one: a conditional PUT is right in both cases. */
    @EventListener
    @Transactional
    public void onVendorRemoved(VendorRemoved vendor) {
        outbox.forget(AccountLetter.destination(vendor.source()));
        tables.forgetTaken(vendor.source());
    }
}
