/** Hours of visibility: how many hours of a week are offered, by a practitioner or the doctors of a centre. */
@NamedInterface("hours")
@NullMarked
package fr.sas.hub.agenda.hours;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
