package fr.sas.hub.intake;

import static fr.sas.hub.intake.Addresses.blankToNull;

import fr.sas.hub.fhir.FhirVocabulary;
import fr.sas.hub.rule.AgendaRule;
import fr.sas.hub.rule.CommunityRule;
import fr.sas.hub.slot.Community;
import fr.sas.hub.slot.StructureId;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.HealthcareService;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Slot;
import org.jspecify.annotations.Nullable;

/** The CPTS that slots belong to (INT_R04): service type, HealthcareService, Organization. */
final class Communities {

    private final References references;
    private final boolean included;
    private final Findings findings;
    private final Map<String, Community> known = new HashMap<>();

    /** @param included whether the question asked for the CPTS of the slots: then what is missing is a fault */
    Communities(References references, boolean included, Findings findings) {
        this.references = references;
        this.included = included;
        this.findings = findings;
    }

    /** Does the slot name a CPTS that this answer should tell of, readable or not? */
    boolean areNamedIn(Slot slot) {
        return slot.getServiceType().stream().anyMatch(this::isToldOf);
    }

    private boolean isToldOf(CodeableConcept concept) {
        if (!isCommunity(concept)) {
            return false;
        }
        Reference reference = reference(concept);
        return included || reference == null || references.follow(reference, HealthcareService.class) != null;
    }

    /** The readable ones; each of the others is noted. */
    List<Community> of(Slot slot, Entry entry, ZoneId zone) {
        List<Community> communities = List.of();
        for (int i = 0; i < slot.getServiceType().size(); i++) {
            CodeableConcept concept = slot.getServiceType().get(i);
            if (isToldOf(concept)) {
                try {
                    Community community = community(concept, zone);
                    communities = communities.isEmpty() ? new ArrayList<>(2) : communities;
                    if (!communities.contains(community)) {
                        communities.add(community);
                    }
                } catch (BadEntry bad) {
                    findings.add(bad.in(entry, "serviceType[" + i + "]"));
                }
            }
        }
        return communities;
    }

    private static boolean isCommunity(CodeableConcept concept) {
        if (concept.hasExtension() && reference(concept) != null) {
            return true;
        }
        for (Coding coding : concept.getCoding()) {
            if (FhirVocabulary.CPTS_CATEGORY.equals(coding.getCode())
                    && FhirVocabulary.STRUCTURE_CATEGORIES.equals(coding.getSystem())) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Reference reference(CodeableConcept concept) {
        for (Extension extension : concept.getExtension()) {
            if (FhirVocabulary.SERVICE_TYPE_REFERENCE.equals(extension.getUrl())
                    && extension.getValue() instanceof Reference reference) {
                return reference;
            }
        }
        return null;
    }

    private Community community(CodeableConcept concept, ZoneId zone) throws BadEntry {
        Reference reference = reference(concept);
        if (reference == null) {
            throw leftOut("the extension with the reference to its HealthcareService is missing");
        }
        String address = reference.getReference();
        boolean shareable = address != null && !address.startsWith("#");
        Community community = shareable ? known.get(address) : null;
        if (community == null) {
            community = read(reference, zone);
            if (address != null && shareable) {
                known.put(address, community);
            }
        }
        return community;
    }

    private Community read(Reference reference, ZoneId zone) throws BadEntry {
        HealthcareService service = references.follow(reference, HealthcareService.class);
        if (service == null) {
            throw leftOut(reference.getReference() + " is not in this answer");
        }
        Usable.check(service, "");
        Organization organization = references.follow(service.getProvidedBy(), Organization.class);
        TreeSet<StructureId> ids = new TreeSet<>();
        if (organization != null) {
            Usable.check(organization, "");
            NationalIds.ofOrganization(organization.getIdentifier(), ids);
        }
        if (service.getProvidedBy().hasIdentifier()) {
            NationalIds.ofOrganization(List.of(service.getProvidedBy().getIdentifier()), ids);
        }
        if (organization == null && ids.isEmpty()) {
            throw leftOut("its Organization "
                    + (service.getProvidedBy().hasReference()
                            ? service.getProvidedBy().getReference()
                            : "(HealthcareService.providedBy)")
                    + " is not in this answer");
        }
        if (ids.isEmpty()) {
            throw leftOut("its Organization has no national identifier");
        }
        if (organization == null) {
            return new Community(ids.first(), null, null);
        }
        Entry entry = references.entryOf(organization);
        String path = entry == null ? "the contained Organization" : entry.path();
        String phone = Addresses.phone(
                organization.getTelecom(),
                zone,
                () -> findings.add(AgendaRule.PHONE_LEFT_OUT, path + ".telecom", null, null));
        return new Community(ids.first(), blankToNull(organization.getName()), phone);
    }

    private static BadEntry leftOut(String why) {
        return new BadEntry(CommunityRule.CPTS_LEFT_OUT, "", why);
    }
}
