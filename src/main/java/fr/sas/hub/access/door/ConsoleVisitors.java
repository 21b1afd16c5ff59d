package fr.sas.hub.access.door;

import fr.sas.hub.access.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;

/** Signed-in users who may open the console; implemented by the room that handles sign-in. */
public interface ConsoleVisitors {

    /** The path at which users sign in to the console. */
    String DOOR = "/console";

    /** Empty unless a signed-in user with access made the request. */
    Optional<Caller> find(HttpServletRequest request);

    /** Whether sign-in is configured at all. */
    boolean isSetUp();

    /** Ends the session. @return where the provider ends its own; empty for a token, or if the provider does not answer */
    Optional<String> leave(HttpServletRequest request, HttpServletResponse response);
}
