package fr.sas.hub.delegation;

import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where an account manager decides: one or more départements. */
public record Territories(SortedSet<Territory> all) {

    public Territories {
        if (all.isEmpty()) {
            throw new IllegalArgumentException("An account manager is responsible for at least one département");
        }
        all = new TreeSet<>(all);
    }

    public static Territories of(Collection<Territory> all) {
        return new Territories(new TreeSet<>(all));
    }

    public List<@Nullable String> codes() {
        return all.stream().<@Nullable String>map(Territory::code).toList();
    }

    /** The postal codes there, as a pattern that PostgreSQL also understands. */
    public String postalCodes() {
        return "^(" + all.stream().map(Territory::postalCodes).collect(Collectors.joining("|")) + ")";
    }

    public boolean cover(@Nullable String postalCode) {
        return postalCode != null
                && Pattern.compile(postalCodes()).matcher(postalCode).find();
    }
}
