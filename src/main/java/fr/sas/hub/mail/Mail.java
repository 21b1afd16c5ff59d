package fr.sas.hub.mail;

import fr.sas.hub.access.EmailAddress;
import java.util.Map;

/**
 * One mail to one person. A newer one with the same template, subject and recipient replaces it while it waits.
 *
 * @param template name of its texts: {@code templates/mail/<template>.txt}, with the subject line first, and {@code
 *     .html}
 * @param about whom or what it concerns, such as the id of a delegation
 * @param values the template's variables; {@code pages}, the address of the front page, is added
 */
public record Mail(EmailAddress to, String template, String about, Map<String, String> values) {
    public Mail {
        if (!template.matches("[a-z][a-z-]*")) {
            throw new IllegalArgumentException(
                    "A template's name consists of lower-case letters and hyphens: " + template);
        }
        values = Map.copyOf(values);
    }
}
