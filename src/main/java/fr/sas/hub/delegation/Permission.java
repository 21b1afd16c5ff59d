package fr.sas.hub.delegation;

import fr.sas.hub.access.Person;
import java.util.Locale;

/**
 * What can be done for a practitioner or a facility, and which kind of person may do it: the table of
 * docs/decisions/0014. Persons may do it only for those they are tied to, see {@link Rights}.
 */
public enum Permission {
    //                 practitioner  delegate      manager       account manager
    DIRECTORY(Extent.READ, Extent.READ, Extent.READ, Extent.READ),
    SETTINGS(Extent.WRITE, Extent.READ, Extent.WRITE, Extent.NONE),
    AGENDA(Extent.WRITE, Extent.WRITE, Extent.WRITE, Extent.NONE),
    UNAVAILABILITY(Extent.WRITE, Extent.WRITE, Extent.WRITE, Extent.NONE),
    INFORMATION(Extent.WRITE, Extent.WRITE, Extent.WRITE, Extent.NONE),
    FEED(Extent.WRITE, Extent.WRITE, Extent.WRITE, Extent.NONE),
    HOURS(Extent.READ, Extent.READ, Extent.READ, Extent.NONE),
    APPOINTMENTS(Extent.READ, Extent.READ, Extent.READ, Extent.NONE),
    DELEGATIONS(Extent.WRITE, Extent.NONE, Extent.WRITE, Extent.WRITE),
    DECISIONS(Extent.NONE, Extent.NONE, Extent.NONE, Extent.WRITE),
    MANAGERS(Extent.NONE, Extent.NONE, Extent.READ, Extent.WRITE),
    HISTORY(Extent.READ, Extent.NONE, Extent.READ, Extent.NONE),
    ALL_DELEGATIONS(Extent.NONE, Extent.READ, Extent.NONE, Extent.READ),
    ACCOUNTS(Extent.NONE, Extent.NONE, Extent.NONE, Extent.WRITE),
    ALL_MANAGERS(Extent.NONE, Extent.NONE, Extent.READ, Extent.READ);

    /** Each includes the one before it. */
    public enum Extent {
        NONE,
        READ,
        WRITE
    }

    private final Extent practitioner;
    private final Extent delegate;
    private final Extent facilityManager;
    private final Extent accountManager;

    Permission(Extent practitioner, Extent delegate, Extent facilityManager, Extent accountManager) {
        this.practitioner = practitioner;
        this.delegate = delegate;
        this.facilityManager = facilityManager;
        this.accountManager = accountManager;
    }

    /** Whether persons of this kind may do it for those they are tied to. */
    public boolean isOpenTo(Person.Kind kind, Extent extent) {
        return of(kind).compareTo(extent) >= 0;
    }

    Extent of(Person.Kind kind) {
        return switch (kind) {
            case PRACTITIONER -> practitioner;
            case DELEGATE -> delegate;
            case FACILITY_MANAGER -> facilityManager;
            case ACCOUNT_MANAGER -> accountManager;
        };
    }

    /** The name of the right, such as {@code settings:write}. */
    String right(Extent extent) {
        return name().toLowerCase(Locale.ROOT).replace('_', '-') + ":"
                + extent.name().toLowerCase(Locale.ROOT);
    }
}
