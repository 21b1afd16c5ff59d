package fr.sas.hub.space;

import fr.sas.hub.access.Person;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestAttribute;

/** The person or centre for whom the visitor acts on a page, named in its heading. */
@ControllerAdvice("fr.sas.hub.space")
class SpaceFrame {

    /** Names before which French says « d'»: a y counts as a vowel unless one follows it, as in Yann. */
    private static final Pattern ELIDED = Pattern.compile("(?iu)(h?[aeiouæœ]|hy|y(?![aeiouæœ])).*");

    private final Dashboards dashboards;
    private final MessageSource messages;

    SpaceFrame(Dashboards dashboards, MessageSource messages) {
        this.dashboards = dashboards;
        this.messages = messages;
    }

    /** Null for a page about the visitors themselves. */
    @ModelAttribute("forWhom")
    @Nullable
    String forWhom(@RequestAttribute(name = SpaceGuard.SUBJECT, required = false) @Nullable Subject subject) {
        return subject == null ? null : dashboards.name(subject);
    }

    /** The ending of the messages that say whose things they are about, for a delegate; the others say « vos ». */
    @ModelAttribute("delegateEnding")
    String delegateEnding(@RequestAttribute(name = SpaceGuard.PERSON, required = false) @Nullable Person person) {
        return person != null && person.kind() == Person.Kind.DELEGATE ? ".of" : "";
    }

    /** « d'Alice DURAND », as the argument of those messages. Null for a page about the visitors themselves. */
    @ModelAttribute("whose")
    @Nullable
    String whose(
            @RequestAttribute(name = SpaceGuard.SUBJECT, required = false) @Nullable Subject subject, Locale locale) {
        if (subject == null) {
            return null;
        }
        String name = dashboards.name(subject);
        String code = subject instanceof StructureId
                ? "people.whose.structure"
                : isElided(name) ? "people.whose.elided" : "people.whose";
        return messages.getMessage(code, new Object[] {name}, locale);
    }

    static boolean isElided(String name) {
        return ELIDED.matcher(Normalizer.normalize(name, Normalizer.Form.NFD)).matches();
    }
}
