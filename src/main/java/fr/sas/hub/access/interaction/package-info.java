/** FHIR interactions: what the rooms that serve them are asked, and what they reply. */
@NamedInterface("interaction")
@NullMarked
package fr.sas.hub.access.interaction;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
