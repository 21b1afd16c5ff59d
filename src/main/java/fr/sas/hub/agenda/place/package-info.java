/** What is said of a place: when nobody is there, and what to know of it. */
@NamedInterface("place")
@NullMarked
package fr.sas.hub.agenda.place;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
