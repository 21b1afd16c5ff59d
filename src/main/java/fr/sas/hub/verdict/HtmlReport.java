package fr.sas.hub.verdict;

import static org.springframework.web.util.HtmlUtils.htmlEscape;

import fr.sas.hub.rule.Finding;
import fr.sas.hub.rule.RuleTopic;
import fr.sas.hub.verdict.CheckReport.Result;
import fr.sas.hub.verdict.CheckReport.Status;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A report as one self-contained page: no script, no font, no external address but the guide's. Light and dark. */
final class HtmlReport {

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("dd/MM/yyyy HH:mm").withZone(ZoneId.of("Europe/Paris"));

    private static final String STYLE = """
            :root { color-scheme: light dark; --paper: #fbfbf9; --card: #fff; --ink: #1c1f23; --quiet: #5f6670; --line: #dfe1e4;
              --good: #1a7a43; --bad: #b3261e; --warn: #8a5a00; --code: #f1f2f0; }
            @media (prefers-color-scheme: dark) { :root { --paper: #15171a; --card: #1d2024; --ink: #e8e9ea; --quiet: #9aa1aa;
              --line: #33373d; --good: #5cc98a; --bad: #ff8a80; --warn: #e9b44c; --code: #262a2f; } }
            * { box-sizing: border-box; }
            body { margin: 0 auto; max-width: 60rem; padding: 2rem 1rem 4rem; background: var(--paper); color: var(--ink);
              font: 1rem/1.5 system-ui, sans-serif; }
            h1 { font-size: 1.5rem; margin: 0 0 .25rem; overflow-wrap: anywhere; }
            h2 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
            p { margin: .25rem 0; }
            .quiet { color: var(--quiet); }
            .verdict { font-weight: 600; font-size: 1.15rem; margin-top: 1rem; }
            .sums { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1rem 0; padding: 0; list-style: none; }
            .sums li { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .4rem .8rem; }
            .sums b { font-size: 1.25rem; margin-right: .3rem; }
            .check { background: var(--card); border: 1px solid var(--line); border-left: .3rem solid var(--line);
              border-radius: .5rem; padding: .6rem .9rem; margin: .5rem 0; }
            .check.failed { border-left-color: var(--bad); } .check.warned { border-left-color: var(--warn); }
            .check.passed { border-left-color: var(--good); }
            .good, .passed .state { color: var(--good); } .bad, .failed .state { color: var(--bad); }
            .warned .state { color: var(--warn); } .skipped .state { color: var(--quiet); }
            .state { font-weight: 600; margin-right: .5rem; }
            code, pre { font: .85rem/1.45 ui-monospace, monospace; }
            pre { background: var(--code); border-radius: .35rem; padding: .5rem .7rem; margin: .35rem 0; overflow-x: auto;
              white-space: pre-wrap; overflow-wrap: anywhere; }
            ul.kept { list-style: none; margin: .5rem 0; padding: 0; columns: 18rem; } ul.kept li { break-inside: avoid; }
            .kept code { font-size: .75rem; }
            summary { cursor: pointer; padding: .3rem 0; } a { color: inherit; }
            """;

    private final ReportLanguage tongue;

    HtmlReport(ReportLanguage tongue) {
        this.tongue = tongue;
    }

    String write(CheckReport report) {
        StringBuilder out = new StringBuilder("<!doctype html>\n<html lang=\"" + tongue.code() + "\">\n<head>\n")
                .append("<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>")
                .append(escape(tongue.title() + " " + report.base()))
                .append("</title>\n<style>\n" + STYLE + "</style>\n</head>\n<body>\n");
        writeHead(out, report);
        for (RuleTopic topic : RuleTopic.values()) {
            writeBroken(out, topic, report);
        }
        writeRest(out, report, Status.PASSED, true);
        writeRest(out, report, Status.SKIPPED, false);
        return out.append("</body>\n</html>\n").toString();
    }

    private void writeHead(StringBuilder out, CheckReport report) {
        out.append("<h1>" + escape(report.base().toString()) + "</h1>\n");
        out.append("<p class=\"quiet\">" + escape(tongue.title()) + " · " + MOMENT.format(report.at()) + " · "
                + escape(tongue.effort(report)) + "</p>\n");
        out.append("<p class=\"verdict " + (report.isPassed() ? "good" : "bad") + "\">" + shown(tongue.verdict(report))
                + "</p>\n<ul class=\"sums\">\n");
        for (Status status : List.of(Status.FAILED, Status.WARNED, Status.PASSED, Status.SKIPPED)) {
            out.append("<li class=\"" + code(status) + "\"><b>" + report.count(status) + "</b><span class=\"state\">"
                    + tongue.plural(status) + "</span></li>\n");
        }
        out.append("</ul>\n");
    }

    private void writeBroken(StringBuilder out, RuleTopic topic, CheckReport report) {
        List<Result> broken = report.results().stream()
                .filter(result -> result.rule().demand().topic() == topic)
                .filter(result -> result.status() == Status.FAILED || result.status() == Status.WARNED)
                .sorted(Comparator.comparing(Result::status))
                .toList();
        if (!broken.isEmpty()) {
            out.append("<h2>" + shown(tongue.topic(topic)) + "</h2>\n");
            broken.forEach(result -> writeCheck(out, result));
        }
    }

    private void writeCheck(StringBuilder out, Result result) {
        var page = result.rule().demand().page();
        out.append("<section class=\"check " + code(result.status()) + "\" id=\""
                + result.rule().id() + "\">\n");
        out.append("<p><span class=\"state\">" + tongue.status(result.status()) + "</span><code>"
                + result.rule().id() + "</code></p>\n");
        out.append("<p>" + shown(tongue.rule(result.rule())) + "</p>\n");
        out.append("<p class=\"quiet\"><a href=\"" + page.url() + "\">" + shown(page.title()) + "</a></p>\n");
        boolean first = true;
        for (Finding finding : result.examples()) {
            String place = "<code>" + escape(tongue.place(finding)) + "</code>";
            out.append(
                    finding.excerpt().isEmpty()
                            ? "<p>" + place + "</p>\n"
                            : "<details" + (first ? " open" : "") + "><summary>" + place + "</summary><pre>"
                                    + escape(finding.excerpt()) + "</pre></details>\n");
            first = false;
        }
        out.append("<p class=\"quiet\">" + tongue.more(result) + "</p>\n</section>\n");
    }

    private void writeRest(StringBuilder out, CheckReport report, Status status, boolean open) {
        out.append("<details" + (open ? " open" : "") + "><summary>" + tongue.plural(status) + " ("
                + report.count(status) + ")</summary>\n<ul class=\"kept " + code(status) + "\">\n");
        report.results().stream()
                .filter(result -> result.status() == status)
                .forEach(result -> out.append("<li><code title=\"" + shown(tongue.rule(result.rule())) + "\">"
                        + result.rule().id() + "</code></li>\n"));
        out.append("</ul></details>\n");
    }

    private String shown(String sentence) {
        return escape(tongue.spaced(sentence));
    }

    private static String code(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private static String escape(String text) {
        return htmlEscape(text, "UTF-8");
    }
}
