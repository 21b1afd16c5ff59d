package fr.sas.hub.fhir;

/** The URLs of the Subscriptions R5 Backport for R4 (hl7.fhir.uv.subscriptions-backport 1.1.0). */
public final class SubscriptionsBackport {

    private static final String DEFINITIONS =
            "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/backport-";

    public static final String SUBSCRIPTION = DEFINITIONS + "subscription";
    public static final String NOTIFICATION = DEFINITIONS + "subscription-notification-r4";
    public static final String STATUS = DEFINITIONS + "subscription-status-r4";
    public static final String FILTER_CRITERIA = DEFINITIONS + "filter-criteria";
    public static final String PAYLOAD_CONTENT = DEFINITIONS + "payload-content";
    public static final String HEARTBEAT_PERIOD = DEFINITIONS + "heartbeat-period";
    public static final String TIMEOUT = DEFINITIONS + "timeout";
    public static final String MAX_COUNT = DEFINITIONS + "max-count";

    private SubscriptionsBackport() {}
}
