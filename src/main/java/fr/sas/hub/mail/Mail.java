package fr.sas.hub.mail;

import fr.sas.hub.access.EmailAddress;
import java.util.Map;

/**
 * One mail to one person. A newer one of the same template, about the same, to the same address takes its place as long as
 * it waits.
 *
 * @param template name of its words: {@code templates/mail/<template>.txt}, with the subject in its first line, and
 *     {@code .html}
 * @param about whom or what it is about, such as the id of a delegation
 * @param values what the template names; {@code pages}, the address of the front page, is added
 */
public record Mail(EmailAddress to, String template, String about, Map<String, String> values) {
    public Mail {
        if (!template.matches("[a-z][a-z-]*")) {
            throw new IllegalArgumentException("A template is named with small letters and hyphens: " + template);
        }
        values = Map.copyOf(values);
    }
}
