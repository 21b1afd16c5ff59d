/** Kafka, for hubs that outgrow PostgreSQL's notifications: sending records and reading them ({@code hub.news: kafka}). */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package fr.sas.hub.kafka;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
