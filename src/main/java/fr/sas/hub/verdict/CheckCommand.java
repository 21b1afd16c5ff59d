package fr.sas.hub.verdict;

import fr.sas.hub.line.ServerProbe;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** {@code java -jar sas-hub.jar check …}: the conformance check without a hub, for a vendor's developers and CI. */
public final class CheckCommand {

    /** The first argument that selects it. */
    public static final String NAME = "check";

    static final int PASSED = 0;
    static final int FAILED = 1;
    static final int MISUSED = 2;
    static final int UNREACHABLE = 3;

    private CheckCommand() {}

    /**
     * @param arguments those that follow {@value #NAME}
     * @param environment contains the named secrets
     * @return the exit code: 0 nothing failed, 1 something failed, 2 usage error, 3 the server cannot be reached
     */
    public static int run(
            List<String> arguments, Map<String, String> environment, Clock clock, PrintStream out, PrintStream errors) {
        CheckOptions options;
        try {
            options = CheckOptions.read(arguments, environment);
        } catch (CheckOptions.Misuse e) {
            errors.println(e.getMessage());
            errors.println();
            errors.print(CheckOptions.USAGE);
            return MISUSED;
        }
        if (options.help()) {
            out.print(CheckOptions.USAGE);
            return PASSED;
        }
        CheckReport report;
        try (ServerProbe server =
                ServerProbe.at(options.base(), options.authorization(), options.tls(), options.bounds())) {
            report = new Check(clock).run(server, options.order());
        }
        String text = options.format().write(report, options.locale());
        try {
            if (options.output() == null) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
                out.flush();
            } else {
                write(options.output(), text);
                out.print(ReportFormat.TEXT
                                .write(report, options.locale())
                                .lines()
                                .reduce("", (a, b) -> b) + "\n");
            }
        } catch (IOException e) {
            errors.println("The report could not be written: " + e);
            return MISUSED;
        }
        return !report.reachable() ? UNREACHABLE : report.isPassed() ? PASSED : FAILED;
    }

    private static void write(Path file, String text) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(file, text);
    }
}
