package fr.sas.hub.access;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import fr.sas.hub.slot.StorableText;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jackson.JsonComponent;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses text in {@code /api/v1} and in any query that the database cannot store (decision 0032). */
final class StorableRequests {

    static final Wording RULE = new Wording(
            "has a character not allowed in text: a control character, or half of a surrogate pair",
            "Ce texte contient un caractère qui ne peut pas être conservé : un caractère de contrôle, ou la moitié d'une"
                    + " paire de substitution.");

    private StorableRequests() {}

    /** A text that cannot be stored, with the path to its field. */
    static final class Unstorable extends InvalidFormatException {
        Unstorable(JsonParser json, String text) {
            super(json, RULE.english(), StorableText.repaired(text), String.class);
        }
    }

    /** Checks every string in every body. */
    @JsonComponent
    static final class Texts extends StringDeserializer {
        @Override
        public @Nullable String deserialize(JsonParser json, DeserializationContext context) throws IOException {
            String text = super.deserialize(json, context);
            if (text != null && !StorableText.isStorable(text)) {
                throw new Unstorable(json, text);
            }
            return text;
        }
    }

    /** U+0000 is the only such character that can reach the database through a query. */
    @Component
    static final class Queries extends OncePerRequestFilter {

        private static final Wording QUERY = new Wording("The query " + RULE.english(), RULE.french());
        private final Refusals refusals;

        Queries(Refusals refusals) {
            this.refusals = refusals;
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            String query = request.getQueryString();
            if (query != null && query.contains("%00")) {
                refusals.writeOrShow(request, response, HttpStatus.BAD_REQUEST, "invalid", QUERY);
                return;
            }
            chain.doFilter(request, response);
        }
    }
}
