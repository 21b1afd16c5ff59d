package fr.sas.hub.help;

import org.jspecify.annotations.Nullable;

/**
 * Which requests to list; null means any.
 *
 * @param text in names, address, message or reference
 * @param before only those with a smaller number
 */
public record HelpRequestFilter(
        HelpRequest.@Nullable State state,
        @Nullable RequestTopic topic,
        @Nullable String territory,
        @Nullable String text,
        @Nullable Long before) {}
