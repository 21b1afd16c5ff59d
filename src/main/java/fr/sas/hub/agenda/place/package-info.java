/** What is entered for a place: when nobody is there, and what to know about it. */
@NamedInterface("place")
@NullMarked
package fr.sas.hub.agenda.place;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
