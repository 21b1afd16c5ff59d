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
        Map<Source, AccountTables.Told> told =
                tables.told(id).stream().collect(Collectors.toMap(AccountTables.Told::vendor, Function.identity()));
        return accounts.takingAccounts().stream()
                .map(vendor -> standing(
                        vendor,
                        account,
                        told.get(vendor),
                        pending.get(AccountLetter.destination(vendor).name())))
                .toList();
    }

    private static AccountDeliveryStatus.VendorDeliveryStatus standing(
            Source vendor,
            RegulatorAccount account,
            AccountTables.@Nullable Told told,
            @Nullable PendingLetter letter) {
        return new AccountDeliveryStatus.VendorDeliveryStatus(
                vendor.name(),
                state(account, told, letter),
                letter == null ? 0 : letter.attempts(),
                letter == null ? null : letter.trouble(),
                letter == null ? null : letter.troubleAt(),
                letter == null || letter.state() == PendingLetter.State.DEAD ? null : letter.dueAt(),
                told == null ? null : told.toldAt(),
                told == null ? null : told.knownAs());
    }

    private static State state(
            RegulatorAccount account, AccountTables.@Nullable Told told, @Nullable PendingLetter letter) {
        if (letter != null && letter.state() == PendingLetter.State.WAITING) {
            return State.WAITING;
        }
        if (told == null || told.putVersion() != account.version()) {
            return untold(account.regulator(), told);
        }
        if (told.version() != null && told.version() == account.version()) {
            return State.TOLD;
        }
        return letter == null ? State.DISCARDED : State.REFUSED;
    }

    /**
     * A deactivation is sent to vendors that may know the regulator; if it could not be queued at once, it is queued
     * within seconds.
     */
    private static State untold(Regulator regulator, AccountTables.@Nullable Told told) {
        if (regulator.active()) {
            return State.AT_NEXT_LOGIN;
        }
        return told == null || told.knownAs() == null ? State.NOT_CONCERNED : State.WAITING;
    }
}
