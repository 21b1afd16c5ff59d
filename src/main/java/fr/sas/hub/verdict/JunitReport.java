package fr.sas.hub.verdict;

import fr.sas.hub.rule.RuleTopic;
import fr.sas.hub.verdict.CheckReport.Result;
import fr.sas.hub.verdict.CheckReport.Status;
import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A report in the format of CI systems: a suite per topic, a case per rule; warnings pass, with a note in system-out.
 */
final class JunitReport {

    private final ReportLanguage tongue;

    JunitReport(ReportLanguage tongue) {
        this.tongue = tongue;
    }

    String write(CheckReport report) {
        StringWriter out = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuites");
            xml.writeAttribute("name", tongue.title() + " " + report.base());
            for (RuleTopic topic : RuleTopic.values()) {
                writeSuite(
                        xml,
                        topic,
                        report.results().stream()
                                .filter(result -> result.rule().demand().topic() == topic)
                                .toList());
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("A report could not be written as XML", e);
        }
        return out.toString();
    }

    private void writeSuite(XMLStreamWriter xml, RuleTopic topic, List<Result> results) throws XMLStreamException {
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", tongue.topic(topic));
        xml.writeAttribute("tests", Integer.toString(results.size()));
        xml.writeAttribute("failures", Long.toString(count(results, Status.FAILED)));
        xml.writeAttribute("errors", "0");
        xml.writeAttribute("skipped", Long.toString(count(results, Status.SKIPPED)));
        for (Result result : results) {
            writeCase(xml, topic, result);
        }
        xml.writeEndElement();
    }

    private static long count(List<Result> results, Status status) {
        return results.stream().filter(result -> result.status() == status).count();
    }

    private void writeCase(XMLStreamWriter xml, RuleTopic topic, Result result) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", topic.name());
        xml.writeAttribute("name", result.rule().id());
        switch (result.status()) {
            case PASSED -> {}
            case SKIPPED -> xml.writeEmptyElement("skipped");
            case FAILED -> {
                xml.writeStartElement("failure");
                xml.writeAttribute("message", tongue.rule(result.rule()));
                xml.writeCharacters(places(result));
                xml.writeEndElement();
            }
            case WARNED -> {
                xml.writeStartElement("system-out");
                xml.writeCharacters(
                        tongue.status(Status.WARNED) + ": " + tongue.rule(result.rule()) + "\n" + places(result));
                xml.writeEndElement();
            }
        }
        xml.writeEndElement();
    }

    private String places(Result result) {
        StringBuilder places = new StringBuilder(result.rule().demand().page().url()).append('\n');
        result.examples()
                .forEach(finding -> places.append(tongue.place(finding))
                        .append('\n')
                        .append(finding.excerpt())
                        .append('\n'));
        return withoutControls(places.append(tongue.more(result)).toString());
    }

    /** Removes control characters that XML 1.0 does not allow. */
    private static String withoutControls(String text) {
        int[] allowed = text.codePoints()
                .filter(c -> c == '\n' || c == '\t' || (c >= 0x20 && c != 0xFFFE && c != 0xFFFF && !isSurrogate(c)))
                .toArray();
        return new String(allowed, 0, allowed.length);
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
