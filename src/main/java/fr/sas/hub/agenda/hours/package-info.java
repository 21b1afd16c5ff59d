/** Hours of visibility: how much of a week is offered, for a practitioner or the doctors of a centre. */
@NamedInterface("hours")
@NullMarked
package fr.sas.hub.agenda.hours;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
