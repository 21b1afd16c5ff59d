package fr.sas.hub.help;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.access.HiddenCharacters;
import fr.sas.hub.access.Person;
import fr.sas.hub.account.Visitor;
import fr.sas.hub.slot.StorableText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The contact form as it was filled in (guides 002 and 003, 3.1): nothing in it is lost if something is wrong.
 *
 * @param page the page of the hub that the sender came from; empty if there is none
 * @param website a hidden field: only a machine fills it in
 */
record ContactForm(
        String role,
        String topic,
        String family,
        String given,
        String phone,
        String email,
        String territory,
        String message,
        String page,
        String website) {

    private static final String CHOOSE = "choose";
    private static final int LONGEST_NAME = 100;
    static final int LONGEST_MESSAGE = 5000;
    private static final int LONGEST_PHONE = 40;
    private static final int LONGEST_PAGE = 300;
    private static final PhoneNumberUtil PHONES = PhoneNumberUtil.getInstance();

    /** @param topic code of a topic; empty if none is chosen */
    static ContactForm blank(String topic, String page) {
        return new ContactForm("", topic, "", "", "", "", "", "", page, "");
    }

    /** @param fields by name, as a browser sends them; missing ones are taken as empty */
    static ContactForm typed(Map<String, String> fields) {
        UnaryOperator<String> field = name -> fields.getOrDefault(name, "");
        return new ContactForm(
                field.apply("role"),
                field.apply("topic"),
                field.apply("family"),
                field.apply("given"),
                field.apply("phone"),
                field.apply("email"),
                field.apply("territory"),
                field.apply("message").replace("\r\n", "\n"),
                field.apply("page"),
                field.apply("website"));
    }

    /** Filled in with what is known about the person who is signed in. */
    ContactForm of(Visitor visitor) {
        Person acting = visitor.acting();
        return new ContactForm(
                acting == null ? "" : roleOf(acting.kind()).code(),
                topic,
                visitor.family(),
                visitor.given(),
                phone,
                visitor.email() == null ? "" : visitor.email().value(),
                territory,
                message,
                page,
                website);
    }

    private static AskerRole roleOf(Person.Kind kind) {
        return switch (kind) {
            case PRACTITIONER -> AskerRole.PRACTITIONER;
            case DELEGATE -> AskerRole.DELEGATE;
            case FACILITY_MANAGER -> AskerRole.FACILITY_MANAGER;
            case ACCOUNT_MANAGER -> AskerRole.ACCOUNT_MANAGER;
        };
    }

    /** What is wrong, by field, as the last part of a message's key; in the order of the form. */
    Map<String, String> faults() {
        Map<String, String> faults = new LinkedHashMap<>();
        check(faults, "role", role, CHOOSE, text -> AskerRole.parse(text).isPresent());
        check(faults, "topic", topic, CHOOSE, text -> RequestTopic.parse(text).isPresent());
        check(faults, "family", family, "name", ContactForm::isName);
        check(faults, "given", given, "name", ContactForm::isName);
        check(faults, "phone", phone, "phone", ContactForm::isPhone);
        check(faults, "email", email, "email", text -> EmailAddress.parse(text).isPresent());
        check(
                faults,
                "territory",
                territory,
                CHOOSE,
                text -> Departement.find(text).isPresent());
        check(faults, "message", message, "message", text -> text.length() <= LONGEST_MESSAGE);
        if (!website.isEmpty()) {
            faults.put("website", "website");
        }
        return faults;
    }

    private static void check(
            Map<String, String> faults, String field, String typed, String fault, Predicate<String> isGood) {
        if (typed.isBlank()) {
            faults.put(field, "missing");
        } else if (!StorableText.isStorable(typed)) {
            faults.put(field, "characters");
        } else if (!fault.equals(CHOOSE) && HiddenCharacters.first(typed).isPresent()) {
            faults.put(field, "hidden");
        } else if (!isGood.test(typed)) {
            faults.put(field, fault);
        }
    }

    /** The name of the first character that nobody sees; empty when there is none. */
    public String hidden(String text) {
        return HiddenCharacters.first(text).orElse("");
    }

    private static boolean isName(String text) {
        return text.length() <= LONGEST_NAME && text.lines().count() == 1;
    }

    private static boolean isPhone(String text) {
        return text.length() <= LONGEST_PHONE && PHONES.isPossibleNumber(text, "FR");
    }

    /** The page, if it is one of the hub's; otherwise empty. */
    String cleanPage() {
        return page.startsWith("/") && page.length() <= LONGEST_PAGE && StorableText.isStorable(page) ? page : "";
    }
}
