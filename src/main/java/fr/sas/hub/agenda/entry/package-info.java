/** What people enter: slots and ranges, once or every week, and the occurrences that result. */
@NamedInterface("entry")
@NullMarked
package fr.sas.hub.agenda.entry;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
