/** The parameters of a search, read from its query string. */
@NullMarked
package fr.sas.hub.search.parameter;

import org.jspecify.annotations.NullMarked;
