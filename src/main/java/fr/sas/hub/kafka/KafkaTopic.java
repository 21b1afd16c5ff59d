package fr.sas.hub.kafka;

/** What the hub uses topics for; their names are in the settings. */
public enum KafkaTopic {
    /** What changed in answers, for consumers. */
    CHANGES,
    /** What the nodes of this hub report to each other. */
    NEWS
}
