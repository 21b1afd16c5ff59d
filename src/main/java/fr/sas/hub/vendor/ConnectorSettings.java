package fr.sas.hub.vendor;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings for querying vendors that apply to all; vendor-specific ones are in the descriptor.
 *
 * @param inDemandFor how long after a search a subject counts as in demand
 * @param maxPageSize of one page, uncompressed
 * @param maxDeliverySize of all pages of one delivery, uncompressed
 * @param maxPages of one delivery
 * @param maxPublication of all files named in a manifest, uncompressed
 * @param fileTimeout from requesting such a file to its last byte
 * @param keepDeliveries how long raw deliveries are kept
 * @param claimMargin time allowed for reading and indexing, on top of the vendor's own, before a claim expires
 * @param lookEvery how often the folder of descriptors is checked
 * @param goneAfter a vendor has left when no node has had its descriptor for this long; at once on a node that had it
 */
@Validated
@ConfigurationProperties("hub.connector")
public record ConnectorSettings(
        @DefaultValue("1h") Duration inDemandFor,
        @DefaultValue("20MB") DataSize maxPageSize,
        @DefaultValue("60MB") DataSize maxDeliverySize,
        @DefaultValue("50") int maxPages,
        @DefaultValue("500MB") DataSize maxPublication,
        @DefaultValue("5m") Duration fileTimeout,
        @DefaultValue("3d") Duration keepDeliveries,
        @DefaultValue("60s") Duration claimMargin,
        @DefaultValue("1s") @DurationMin(millis = 10) Duration lookEvery,
        @DefaultValue("60s") Duration goneAfter) {}
