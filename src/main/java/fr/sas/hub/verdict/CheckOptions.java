package fr.sas.hub.verdict;

import fr.sas.hub.line.ServerProbe;
import fr.sas.hub.rule.Tolerances;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Quirk;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.UrlText;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/** The parsed arguments of the command. */
record CheckOptions(
        boolean help,
        URI base,
        @Nullable String authorization,
        @Nullable SSLContext tls,
        ServerProbe.Bounds bounds,
        CheckOrder order,
        ReportFormat format,
        Locale locale,
        @Nullable Path output) {

    static final String USAGE = """
            Usage: java -jar sas-hub.jar check --base-url URL --rpps RPPS[,RPPS…] [options]

            Sends a vendor's FHIR server the hub's requests, and reports which rules of the guide its answers break.

              --base-url URL        the server, such as https://fhir.vendor.example/r4
              --rpps A,B            practitioners (RPPS or ADELI, with or without prefix) with free slots within 72 hours;
                                    at least two, and one with two places of practice, to check everything
              --cpts [A,B]          also check INT_R04; FINESS of CPTS that some of their slots belong to
              --sos A,B             also check SOS Médecins; SIRET of associations with free slots
              --unknown-rpps A      a practitioner whom the server does not know; default 99999999998
              --tolerate A,B        tolerances agreed for your descriptor (its quirks): times-without-zone,
                                    wrong-seasonal-offset, total-counts-everything
              --trial               accept test data, as the hub does from a vendor on trial
              --write               also check regulator accounts (INT_R02): WRITES up to three fictitious accounts, disabled
                                    at the end. Without it only GET is used
              --format F            text (default), json, junit or html
              --output FILE         write the report to this file
              --language L          en (default) or fr; JSON contains both
              --patience T          time allowed for one answer; default 7s, as in the guide, at most 60s
              --token-env NAME      environment variable containing a bearer token
              --basic-env NAME      environment variable containing user:password
              --key-store FILE      client certificate, PKCS12; password in --key-store-password-env NAME
              --trust-store FILE    certificate authorities, PKCS12; password in --trust-store-password-env NAME

            Exit code: 0 nothing failed (warnings allowed), 1 something failed, 2 usage error, 3 the server cannot be reached.
            """;

    private static final Set<String> FLAGS = Set.of("write", "trial", "help");
    private static final Set<String> NAMES = Set.of(
            "base-url",
            "rpps",
            "cpts",
            "sos",
            "unknown-rpps",
            "tolerate",
            "format",
            "output",
            "language",
            "patience",
            "token-env",
            "basic-env",
            "key-store",
            "key-store-password-env",
            "trust-store",
            "trust-store-password-env");
    private static final Pattern HOLDS_CREDENTIALS = Pattern.compile("^[^/]*//[^/]*@");
    private static final Duration MOST_PATIENT = Duration.ofSeconds(60);

    /** The arguments are invalid; the message says which. */
    static final class Misuse extends Exception {
        Misuse(String message) {
            super(message);
        }
    }

    static CheckOptions read(List<String> arguments, Map<String, String> environment) throws Misuse {
        Map<String, String> given = split(arguments);
        Function<String, @Nullable String> secret = name -> environment.get(given.getOrDefault(name, ""));
        for (String name : List.of("token-env", "basic-env", "key-store-password-env", "trust-store-password-env")) {
            if (given.containsKey(name) && secret.apply(name) == null) {
                throw new Misuse("--" + name + ": there is no environment variable " + given.get(name));
            }
        }
        boolean help = given.containsKey("help");
        Duration patience = patience(given.getOrDefault("patience", "7s"));
        return new CheckOptions(
                help,
                help ? URI.create("http://localhost") : base(given.get("base-url")),
                authorization(secret.apply("token-env"), secret.apply("basic-env")),
                tls(given, secret),
                ServerProbe.Bounds.OF_THE_GUIDE.within(patience),
                order(given, help),
                format(given.getOrDefault("format", "text")),
                Locale.forLanguageTag(given.getOrDefault("language", "en")),
                given.containsKey("output") ? Path.of(given.get("output")) : null);
    }

    private static Map<String, String> split(List<String> arguments) throws Misuse {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            int equals = argument.indexOf('=');
            String name = argument.replaceFirst("^--", "").replaceFirst("=.*", "");
            if (!argument.startsWith("--") || (!NAMES.contains(name) && !FLAGS.contains(name))) {
                throw new Misuse("There is no option " + argument);
            }
            boolean valueFollows =
                    i + 1 < arguments.size() && !arguments.get(i + 1).startsWith("--");
            if (FLAGS.contains(name)) {
                given.put(name, "");
            } else if (equals >= 0) {
                given.put(name, argument.substring(equals + 1));
            } else if (valueFollows) {
                given.put(name, arguments.get(++i));
            } else if (name.equals("cpts")) {
                given.put(name, "");
            } else {
                throw new Misuse("--" + name + " needs a value");
            }
        }
        return given;
    }

    private static URI base(@Nullable String text) throws Misuse {
        if (text == null) {
            throw new Misuse("--base-url is missing");
        }
        if (HOLDS_CREDENTIALS.matcher(text).find()) {
            throw new Misuse(
                    "--base-url must not contain credentials; use --basic-env or --token-env: reports repeat the "
                            + "address");
        }
        try {
            URI base = URI.create(UrlText.withoutSlashesAtEnd(text));
            if (List.of("http", "https").contains(String.valueOf(base.getScheme()))
                    && base.getHost() != null
                    && base.getQuery() == null) {
                return base;
            }
        } catch (IllegalArgumentException e) {
            throw new Misuse("--base-url is not a URL: " + text);
        }
        throw new Misuse("--base-url must begin with https:// (or http://) and a host, without a query: " + text);
    }

    private static CheckOrder order(Map<String, String> given, boolean help) throws Misuse {
        List<PractitionerId> practitioners =
                ids("rpps", given, text -> PractitionerId.parse(text).orElse(null));
        Set<StructureId> associations = new LinkedHashSet<>(
                ids("sos", given, text -> StructureId.parse(text).orElse(null)));
        if (practitioners.isEmpty() && associations.isEmpty() && !help) {
            throw new Misuse("--rpps is missing");
        }
        if (practitioners.size() > 25) {
            throw new Misuse("--rpps: at most 25 practitioners per request");
        }
        Set<StructureId> communities = given.containsKey("cpts")
                ? new LinkedHashSet<>(
                        ids("cpts", given, text -> StructureId.parse(text).orElse(null)))
                : null;
        List<PractitionerId> unknown =
                ids("unknown-rpps", given, text -> PractitionerId.parse(text).orElse(null));
        return new CheckOrder(
                practitioners,
                communities,
                associations,
                unknown.isEmpty() ? CheckOrder.NOBODY : unknown.getFirst(),
                given.containsKey("write"),
                new Tolerances(quirks(given.getOrDefault("tolerate", "")), given.containsKey("trial")),
                CheckOrder.ONE_SECOND);
    }

    private static <T> List<T> ids(String option, Map<String, String> given, Function<String, @Nullable T> reading)
            throws Misuse {
        List<T> ids = new ArrayList<>();
        for (String text : given.getOrDefault(option, "").split(",")) {
            if (!text.isBlank()) {
                T id = reading.apply(text.strip());
                if (id == null) {
                    throw new Misuse("--" + option + ": not a national identifier: " + text.strip());
                }
                ids.add(id);
            }
        }
        return ids.stream().distinct().toList();
    }

    private static Set<Quirk> quirks(String names) throws Misuse {
        Set<Quirk> quirks = EnumSet.noneOf(Quirk.class);
        for (String name : names.split(",")) {
            if (!name.isBlank()) {
                quirks.add(Quirk.named(name.strip())
                        .orElseThrow(() -> new Misuse("--tolerate: there is no tolerance " + name.strip())));
            }
        }
        return quirks;
    }

    private static ReportFormat format(String text) throws Misuse {
        for (ReportFormat format : ReportFormat.values()) {
            if (format.name().equalsIgnoreCase(text)) {
                return format;
            }
        }
        throw new Misuse("--format must be text, json, junit or html, not " + text);
    }

    private static Duration patience(String text) throws Misuse {
        Predicate<Duration> bearable =
                time -> !time.isNegative() && !time.isZero() && time.compareTo(MOST_PATIENT) <= 0;
        try {
            Duration patience = DurationStyle.detectAndParse(text);
            if (bearable.test(patience)) {
                return patience;
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new Misuse("--patience must be a duration such as 7s, not " + text);
        }
        throw new Misuse("--patience must be at most " + MOST_PATIENT.toSeconds() + "s");
    }

    private static @Nullable String authorization(@Nullable String token, @Nullable String basic) {
        if (token != null) {
            return "Bearer " + token.strip();
        }
        return basic == null
                ? null
                : "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable SSLContext tls(Map<String, String> given, Function<String, @Nullable String> secret)
            throws Misuse {
        String keys = given.get("key-store");
        String trust = given.get("trust-store");
        if (keys == null && trust == null) {
            return null;
        }
        try {
            KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            char[] password = password(secret.apply("key-store-password-env"));
            own.init(keys == null ? null : store(keys, password), password);
            trusted.init(trust == null ? null : store(trust, password(secret.apply("trust-store-password-env"))));
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
            return tls;
        } catch (IOException | GeneralSecurityException e) {
            throw new Misuse("The key or trust store cannot be used: " + e.getMessage());
        }
    }

    private static char[] password(@Nullable String text) {
        return text == null ? new char[0] : text.toCharArray();
    }

    private static KeyStore store(String file, char[] password) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            store.load(in, password);
        }
        return store;
    }
}
