package fr.sas.hub.search;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How searches are served.
 *
 * @param memory the most that prepared answers may occupy on this node
 * @param rolesMemory the most that prepared PractitionerRoles and related resources may occupy in addition
 * @param deflatedMemory the most that slots deflated ready may occupy in addition ({@link DeflatedRuns})
 * @param atOnce searches answered concurrently; others wait up to {@code patience}, then receive 429
 * @param sendingWithin how long a client may take to read an answer before the connection is closed
 * @param sendingAtMost total size of answers not yet read by their clients; beyond it, the connections of clients
 *     that have read nothing for a second are closed; if there are none, the newest request receives 429
 * @param warmUp how long a node that starts may answer itself before it answers others ({@link SearchWarmUp}); zero for not at all
 * @param readyWithin how long a node that starts may wait for its shelf to be filled before it is ready ({@link InitialFillWait})
 */
@ConfigurationProperties("hub.search")
record SearchSettings(
        @DefaultValue("416MB") DataSize memory,
        @DefaultValue("48MB") DataSize rolesMemory,
        @DefaultValue("32MB") DataSize deflatedMemory,
        @DefaultValue("64") int atOnce,
        @DefaultValue("2s") Duration patience,
        @DefaultValue("30s") Duration sendingWithin,
        @DefaultValue("96MB") DataSize sendingAtMost,
        @DefaultValue("2s") Duration warmUp,
        @DefaultValue("20s") Duration readyWithin) {}
