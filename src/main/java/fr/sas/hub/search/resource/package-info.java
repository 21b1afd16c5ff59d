/** Resources as the guide wants them, written from what the index and the directory know. */
@NullMarked
package fr.sas.hub.search.resource;

import org.jspecify.annotations.NullMarked;
