package fr.sas.hub;

import fr.sas.hub.verdict.CheckCommand;
import java.time.Clock;
import java.util.List;
import javax.xml.transform.TransformerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The editor integration hub of the Service d'Accès aux Soins. The rooms are the packages below this one. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class HubApplication {

    private static final String TRANSFORMERS = "javax.xml.transform.TransformerFactory";

    static {
        // Spring creates a dozen at each start for XML that is never used here; without this, each searches all jars
        if (System.getProperty(TRANSFORMERS) == null) {
            System.setProperty(
                    TRANSFORMERS,
                    TransformerFactory.newDefaultInstance().getClass().getName());
        }
    }

    public static void main(String[] args) {
        if (args.length > 0 && args[0].equals(CheckCommand.NAME)) {
            System.exit(check(List.of(args).subList(1, args.length)));
        }
        SpringApplication.run(HubApplication.class, args);
    }

    /** Nothing of the hub is started: no database, no log. */
    private static int check(List<String> arguments) {
        LoggingSystem.get(HubApplication.class.getClassLoader())
                .setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.OFF);
        return CheckCommand.run(arguments, System.getenv(), Clock.systemUTC(), System.out, System.err);
    }
}
