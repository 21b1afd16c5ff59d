/** Who is let in: machines by token or certificate, the console by its cookie; what each caller may do there. */
@NamedInterface("door")
@NullMarked
package fr.sas.hub.access.door;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
