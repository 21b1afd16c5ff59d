package fr.sas.hub.verdict;

import fr.sas.hub.rule.Finding;
import fr.sas.hub.verdict.CheckReport.Result;
import fr.sas.hub.verdict.CheckReport.Status;

/** A report for a terminal: broken rules in full, obeyed ones in a line, skipped ones as a number. */
final class TextReport {

    private static final int WIDTH = 160;

    private final ReportLanguage tongue;

    TextReport(ReportLanguage tongue) {
        this.tongue = tongue;
    }

    String write(CheckReport report) {
        StringBuilder out = new StringBuilder();
        out.append(tongue.title()).append(" — ").append(report.base()).append('\n');
        report.results().stream()
                .filter(result -> result.status() == Status.PASSED)
                .forEach(result -> out.append("\n").append(head(result)));
        for (Status status : new Status[] {Status.WARNED, Status.FAILED}) {
            report.results().stream()
                    .filter(result -> result.status() == status)
                    .forEach(result -> append(out, result));
        }
        return out.append("\n\n")
                .append(tongue.verdict(report))
                .append(": ")
                .append(tongue.sums(report))
                .append(" (")
                .append(tongue.effort(report))
                .append(")\n")
                .toString();
    }

    private String head(Result result) {
        return "%-14s %s"
                .formatted(tongue.status(result.status()), result.rule().id());
    }

    private void append(StringBuilder out, Result result) {
        out.append("\n\n").append(head(result));
        out.append("\n    ").append(tongue.rule(result.rule()));
        out.append("\n    ")
                .append(result.rule().demand().page().title())
                .append(" <")
                .append(result.rule().demand().page().url())
                .append('>');
        for (Finding finding : result.examples()) {
            out.append("\n    - ").append(tongue.place(finding));
            String excerpt = finding.excerpt();
            if (!excerpt.isEmpty()) {
                out.append("\n      ")
                        .append(excerpt.length() <= WIDTH ? excerpt : excerpt.substring(0, WIDTH - 1) + "…");
            }
        }
        if (result.count() > result.examples().size()) {
            out.append("\n    - ").append(tongue.more(result));
        }
    }
}
