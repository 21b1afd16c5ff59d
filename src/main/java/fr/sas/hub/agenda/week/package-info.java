/** A week of an agenda as people look at it. */
@NamedInterface("week")
@NullMarked
package fr.sas.hub.agenda.week;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
