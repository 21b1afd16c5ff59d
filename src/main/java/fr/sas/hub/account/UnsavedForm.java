package fr.sas.hub.account;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/**
 * A form that was submitted in vain: too late, when the person had been signed out, or while the hub could not save it.
 * What they typed is shown again, with a link back to the form; not for a form of another site, which could have any
 * text shown in our name.
 *
 * @param back the page of the hub that it was sent from; null if the browser does not say
 */
record UnsavedForm(@Nullable String back, List<Line> typed) {

    private static final String LATE = UnsavedForm.class.getName();

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy", Locale.ROOT);
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH'h'mm", Locale.ROOT);
    private static final DateTimeFormatter ENGLISH_HOUR = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    /** The fields of all forms that are typed; the others take only two clicks. */
    static final List<String> TYPED = List.of(
            "message",
            "texte",
            "reason",
            "family",
            "given",
            "town",
            "email",
            "phone",
            "territories",
            "number",
            "date",
            "debut",
            "fin",
            "patients",
            "du",
            "au");

    /**
     * @param field its name in the form
     * @param text as the browser sends it
     */
    record Line(String field, String text) {

        /** Dates and hours as they are shown on every page, everything else as it was typed. */
        public String shown(Locale locale) {
            try {
                return switch (field) {
                    case "date", "du", "au" -> DAY.format(LocalDate.parse(text));
                    case "debut", "fin" ->
                        (locale.getLanguage().equals("fr") ? HOUR : ENGLISH_HOUR).format(LocalTime.parse(text));
                    default -> text;
                };
            } catch (DateTimeException notChosenFromACalendar) {
                return text;
            }
        }
    }

    /** To be called before the session's end is answered, while all of the request can be read. */
    static void keepLate(HttpServletRequest request) {
        request.setAttribute(LATE, read(request));
    }

    /** Null if the request is not one that came too late. */
    static @Nullable UnsavedForm late(HttpServletRequest request) {
        return request.getAttribute(LATE) instanceof UnsavedForm form ? form : null;
    }

    /** What was typed into the form that this request, which failed, was to save; null if nothing was. */
    static @Nullable UnsavedForm failed(HttpServletRequest request) {
        if (!request.getMethod().equals("POST") || !isReadCheaply(request)) {
            return null;
        }
        UnsavedForm form = read(request);
        return form.typed.isEmpty() ? null : form;
    }

    /** A form whose files have not been read yet may have been refused for its size. */
    private static boolean isReadCheaply(HttpServletRequest request) {
        String type = request.getContentType();
        return request instanceof MultipartHttpServletRequest
                || (type != null
                        && type.strip()
                                .toLowerCase(Locale.ROOT)
                                .startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE));
    }

    private static UnsavedForm read(HttpServletRequest request) {
        boolean own = "same-origin".equals(request.getHeader("Sec-Fetch-Site"));
        return new UnsavedForm(own ? back(request) : null, own ? typed(request) : List.of());
    }

    /** Fields that occur in several rows are listed row by row. */
    private static List<Line> typed(HttpServletRequest request) {
        try {
            int rows = TYPED.stream()
                    .mapToInt(field -> texts(request, field).length)
                    .max()
                    .orElse(0);
            return IntStream.range(0, rows)
                    .boxed()
                    .flatMap(row -> TYPED.stream().flatMap(field -> line(request, field, row)))
                    .toList();
        } catch (IllegalStateException unreadable) { // as Tomcat says of malformed parameters
            return List.of();
        }
    }

    private static Stream<Line> line(HttpServletRequest request, String field, int row) {
        String[] texts = texts(request, field);
        return row >= texts.length || texts[row].isBlank() ? Stream.empty() : Stream.of(new Line(field, texts[row]));
    }

    private static String[] texts(HttpServletRequest request, String field) {
        String[] sent = request.getParameterValues(field);
        return sent == null ? new String[0] : sent;
    }

    private static @Nullable String back(HttpServletRequest request) {
        String referer = request.getHeader(HttpHeaders.REFERER);
        try {
            URI from = URI.create(referer == null ? "" : referer);
            String path = from.getRawPath();
            if (path == null || !path.startsWith("/") || path.startsWith("//")) {
                return null;
            }
            return request.getServerName().equals(from.getHost())
                    ? path + (from.getRawQuery() == null ? "" : "?" + from.getRawQuery())
                    : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
