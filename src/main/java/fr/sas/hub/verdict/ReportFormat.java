package fr.sas.hub.verdict;

import java.util.Locale;

/** The format of a report. */
public enum ReportFormat {
    TEXT("text/plain"),
    JSON("application/json"),
    JUNIT("application/xml"),
    HTML("text/html");

    private final String mediaType;

    ReportFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    /** @param locale French for a report in French; English for any other. JSON contains both. */
    public String write(CheckReport report, Locale locale) {
        ReportLanguage tongue = ReportLanguage.of(locale);
        return switch (this) {
            case TEXT -> new TextReport(tongue).write(report);
            case JSON -> JsonReport.write(report);
            case JUNIT -> new JunitReport(tongue).write(report);
            case HTML -> new HtmlReport(tongue).write(report);
        };
    }
}
