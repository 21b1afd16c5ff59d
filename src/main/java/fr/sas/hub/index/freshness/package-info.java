/** How recent each source is: what it last said, since when, and for how long that is trusted. */
@NamedInterface("freshness")
@NullMarked
package fr.sas.hub.index.freshness;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
