package fr.sas.hub.access.interaction;

import java.io.IOException;
import java.util.function.Supplier;

/** An interaction that may answer later or piece by piece, without a thread waiting for it. */
public interface FhirLongAnswer extends FhirInteraction {

    /** Whether the reply to this request comes later, by {@link #later} instead of {@link #answer}. */
    boolean isLater(FhirRequest request);

    /** Returns at once; the reply must follow, from any thread. */
    void later(FhirRequest request, Later reply);

    /** Whether this request, which accepts server-sent events, is answered with a stream of them. */
    boolean streams(FhirRequest request);

    /** Returns at once; events may follow from any thread, one at a time, until the stream ends. */
    void stream(FhirRequest request, Events events);

    /** The way back to the caller. */
    interface Later {

        /** Computes the reply on the current thread and sends it; a {@link FhirRefusal} becomes an OperationOutcome. */
        void reply(Supplier<FhirReply> answer);
    }

    /** A stream of server-sent events (WHATWG HTML, 9.2). */
    interface Events {

        /** @throws IOException when the caller has gone */
        void send(byte[] event) throws IOException;

        void end();
    }
}
