package fr.sas.hub.help;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** « Votre demande concerne »: as in the example form of the guides, plus the themes of their questions. */
public enum RequestTopic {
    INFORMATION("renseignement"),
    LOGIN("mot-de-passe"),
    PRO_SANTE_CONNECT("pro-sante-connect"),
    ACCOUNT("compte"),
    INCIDENT("incident"),
    OTHER("autre");

    private final String code;

    RequestTopic(String code) {
        this.code = code;
    }

    /** As written in addresses, forms and settings. */
    public String code() {
        return code;
    }

    public static Optional<RequestTopic> parse(@Nullable String word) {
        return Arrays.stream(values()).filter(each -> each.code.equals(word)).findFirst();
    }
}
