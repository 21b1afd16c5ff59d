package fr.sas.hub.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** People who signed in and may open the console; who they are is known to the room that lets people in. */
public interface ConsoleVisitors {

    /** Where somebody signs in, and comes to the console. */
    String DOOR = "/console";

    /** Empty when nobody signed in can be the visitor. */
    Optional<Caller> find(HttpServletRequest request);

    /** Whether people can sign in at all. */
    boolean isSetUp();

    /** The session ends. */
    void leave(HttpServletRequest request);
}
