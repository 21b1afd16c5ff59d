package fr.sas.hub.search;

import fr.sas.hub.search.resource.LogicalIds;
import fr.sas.hub.search.resource.ResourceWriter;
import fr.sas.hub.slot.Community;

/** A CPTS that slots belong to, as represented in answers to INT_R04. */
record ShelvedCommunity(BundleEntry service, BundleEntry organization) {

    static ShelvedCommunity of(Community community) {
        return new ShelvedCommunity(
                BundleEntry.included(
                        "HealthcareService",
                        LogicalIds.communityService(community),
                        ResourceWriter.communityService(community)),
                BundleEntry.included(
                        "Organization",
                        LogicalIds.organization(community.id().value()),
                        ResourceWriter.communityOrganization(community)));
    }
}
