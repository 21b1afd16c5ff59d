package fr.sas.hub.vendor;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How vendors are asked, for all of them; what differs by vendor stands in its descriptor.
 *
 * @param inDemandFor how long after a search a subject counts as in demand
 * @param maxPageSize of one page, unzipped
 * @param maxDeliverySize of all pages of one delivery, unzipped
 * @param maxPages of one delivery
 * @param maxPublication of all files that a manifest names, unzipped
 * @param fileTimeout from asking for such a file to its last byte
 * @param keepDeliveries how long raw deliveries are kept
 * @param claimMargin what reading and indexing may take beyond the vendor's own time before a claim comes back
 * @param lookEvery how often the folder of descriptors is looked at
 * @param goneAfter a vendor left when no node had its descriptor for so long; at once on a node that had it
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
