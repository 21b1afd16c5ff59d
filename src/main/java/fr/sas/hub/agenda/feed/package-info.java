/** An agenda as a calendar that other programs subscribe to. */
@NamedInterface("feed")
@NullMarked
package fr.sas.hub.agenda.feed;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
