package fr.sas.hub.search;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How the search serves.
 *
 * @param memory what ready-to-write answers may weigh on this node
 * @param rolesMemory what ready-to-write PractitionerRoles and their like may weigh beside them
 * @param atOnce searches answered at the same time; more wait up to {@code patience}, then get 429
 * @param sendingWithin how long a reader may take for an answer, until the connection is closed
 * @param sendingAtMost what answers may weigh together that their readers have not taken yet; beyond it the connections of
 *     those who took nothing for a second are closed, and when there are none, the newest gets 429
 */
@ConfigurationProperties("hub.search")
record SearchSettings(
        @DefaultValue("416MB") DataSize memory,
        @DefaultValue("48MB") DataSize rolesMemory,
        @DefaultValue("64") int atOnce,
        @DefaultValue("2s") Duration patience,
        @DefaultValue("30s") Duration sendingWithin,
        @DefaultValue("96MB") DataSize sendingAtMost) {}
