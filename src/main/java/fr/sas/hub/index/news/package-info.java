/** How nodes learn of changes, promptly and in order, and for how long what a node knows may be relied on. */
@NamedInterface("news")
@NullMarked
package fr.sas.hub.index.news;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
