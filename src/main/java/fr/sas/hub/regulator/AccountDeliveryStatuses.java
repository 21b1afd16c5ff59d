package fr.sas.hub.regulator;

import fr.sas.hub.outbox.Outbox;
import fr.sas.hub.outbox.PendingLetter;
import fr.sas.hub.regulator.AccountDeliveryStatus.State;
import fr.sas.hub.slot.Source;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Combines what vendors have taken of an account with what still waits in the outbox. */
@Component
class AccountDeliveryStatuses {

    private final RegulatorAccounts accounts;
    private final AccountTables tables;
    private final Outbox outbox;

    AccountDeliveryStatuses(RegulatorAccounts accounts, AccountTables tables, Outbox outbox) {
        this.accounts = accounts;
        this.tables = tables;
        this.outbox = outbox;
    }

    AccountDeliveryStatus of(RegulatorAccount account) {
        Regulator regulator = account.regulator();
        return new AccountDeliveryStatus(
                regulator.id(),
                regulator.family(),
                regulator.given(),
                regulator.email(),
                regulator.nationalId(),
                regulator.lrm(),
                regulator.active(),
                account.changedAt(),
                account.changedBy(),
                account.loggedInAt(),
                vendors(account, regulator.id()));
    }

    private List<AccountDeliveryStatus.VendorDeliveryStatus> vendors(RegulatorAccount account, UUID id) {
        Map<String, PendingLetter> pending = outbox.pendingOf(AccountLetter.CHANNEL, id.toString()).stream()
                .collect(Collectors.toMap(PendingLetter::destination, Function.identity(), (older, newer) -> newer));
        Map<Source, AccountTables.VendorAccountRecord> known = tables.list(id).stream()
                .collect(Collectors.toMap(AccountTables.VendorAccountRecord::vendor, Function.identity()));
        return accounts.takingAccounts().stream()
                .map(vendor -> status(
                        vendor,
                        account,
                        known.get(vendor),
                        pending.get(AccountLetter.destination(vendor).name())))
                .toList();
    }

    private static AccountDeliveryStatus.VendorDeliveryStatus status(
            Source vendor,
            RegulatorAccount account,
            AccountTables.@Nullable VendorAccountRecord known,
            @Nullable PendingLetter letter) {
        return new AccountDeliveryStatus.VendorDeliveryStatus(
                vendor.name(),
                state(account, known, letter),
                letter == null ? 0 : letter.attempts(),
                letter == null ? null : letter.trouble(),
                letter == null ? null : letter.troubleAt(),
                letter == null || letter.state() == PendingLetter.State.DEAD ? null : letter.dueAt(),
                known == null ? null : known.toldAt(),
                known == null ? null : known.knownAs());
    }

    private static State state(
            RegulatorAccount account,
            AccountTables.@Nullable VendorAccountRecord known,
            @Nullable PendingLetter letter) {
        if (letter != null && letter.state() == PendingLetter.State.WAITING) {
            return State.WAITING;
        }
        if (known == null || known.putVersion() != account.version()) {
            return stateBeforeDelivery(account.regulator(), known);
        }
        if (known.version() != null && known.version() == account.version()) {
            return State.TOLD;
        }
        return letter == null ? State.DISCARDED : State.REFUSED;
    }

    /**
     * A deactivation is sent to vendors that may know the regulator; if it could not be queued at once, it is queued
     * within seconds.
     */
    private static State stateBeforeDelivery(Regulator regulator, AccountTables.@Nullable VendorAccountRecord known) {
        if (regulator.active()) {
            return State.AT_NEXT_LOGIN;
        }
        return known == null || known.knownAs() == null ? State.NOT_CONCERNED : State.WAITING;
    }
}
