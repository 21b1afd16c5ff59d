package fr.sas.hub.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.springframework.boot.logging.LoggingSystem;

/** What holds for all tests, whichever of them begins. */
public final class TestSession implements LauncherSessionListener {

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        // a busy machine is no failure: what is awaited may take longer
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
        // nor does what a thread of another class's hub throws concern whoever waits here
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
        System.setProperty(LoggingSystem.SYSTEM_PROPERTY, OneLog.class.getName());
    }
}
