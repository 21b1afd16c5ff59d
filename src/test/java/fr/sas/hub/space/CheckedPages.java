package fr.sas.hub.space;

import java.util.List;

/** Whose pages {@link AccessibilityTest} looks at. What stands in braces is put in by {@link CheckedPeople}. */
final class CheckedPages {

    /** Without anybody signed in. */
    static final List<String> OPEN = List.of(
            "/",
            "/developpeurs",
            "/connexion",
            "/connexion/refus?motif=sans-lieu",
            "/conditions",
            "/credits",
            "/cookies",
            "/mentions-legales",
            "/accessibilite",
            "/connexion/nulle-part",
            "/aide",
            "/aide/avenant-9",
            "/aide/contact?sujet=incident",
            "/aide/contact/envoyee?numero=SAS-000001",
            "/formation",
            "/formation/guide-gestionnaire-de-structure");

    static final List<String> OF_A_PRACTITIONER = List.of(
            "/espace",
            "/espace/compte",
            "/espace/delegataires",
            "/espace/nulle-part",
            "/espace/effecteurs/{practitioner}",
            "/espace/effecteurs/{practitioner}/parametres",
            "/espace/effecteurs/{practitioner}/regulation",
            "/espace/effecteurs/{practitioner}/historique",
            "/espace/effecteurs/{practitioner}/agenda?jour={date}",
            "/espace/effecteurs/{practitioner}/agenda/adresse",
            "/espace/effecteurs/{practitioner}/agenda/disponibilites/nouvelle",
            "/espace/effecteurs/{practitioner}/agenda/disponibilites/{entry}/{date}",
            "/espace/effecteurs/{practitioner}/agenda/disponibilites/{entry}/{date}/suppression",
            "/espace/effecteurs/{practitioner}/delegataires",
            "/espace/effecteurs/{practitioner}/delegataires/demande",
            "/espace/effecteurs/{practitioner}/delegataires/demande-envoyee",
            "/espace/effecteurs/{practitioner}/lieux/{place}/indisponibilites",
            "/espace/effecteurs/{practitioner}/lieux/{place}/informations");

    static final List<String> OF_A_MANAGER = List.of(
            "/espace",
            "/espace/delegataires",
            "/espace/structures/{facility}",
            "/espace/structures/{facility}/parametres",
            "/espace/structures/{facility}/regulation",
            "/espace/structures/{facility}/historique",
            "/espace/structures/{facility}/agenda?jour={date}",
            "/espace/structures/{facility}/agenda/adresse",
            "/espace/structures/{facility}/agenda/disponibilites/nouvelle",
            "/espace/structures/{facility}/agenda/disponibilites/{entry}/{date}",
            "/espace/structures/{facility}/agenda/disponibilites/{entry}/{date}/suppression",
            "/espace/structures/{facility}/delegataires",
            "/espace/structures/{facility}/delegataires/demande",
            "/espace/structures/{facility}/delegataires/demande-envoyee",
            "/espace/structures/{facility}/lieux/{facility}/indisponibilites",
            "/espace/structures/{facility}/lieux/{facility}/informations");

    static final List<String> OF_A_DELEGATE =
            List.of("/espace", "/espace/delegations", "/espace/effecteurs/{practitioner}/parametres");

    static final List<String> OF_AN_ACCOUNT_MANAGER = List.of(
            "/espace",
            "/espace/demandes",
            "/espace/comptes?recherche=axe",
            "/espace/comptes/nouveau",
            "/espace/comptes/{account}",
            "/espace/structures?nom=centre",
            "/espace/structures/{facility}/gestionnaires");

    /** Addresses below {@code /espace} that show no page of their own. */
    static final List<String> WITHOUT_A_PAGE = List.of(
            "/espace/effecteurs/{practitioner}/parametres/structures", // a list within the settings
            "/espace/effecteurs/{practitioner}/demandes/{delegation}", // leads to /espace/demandes
            "/espace/structures/{facility}/demandes/{delegation}");

    private CheckedPages() {}
}
