package fr.sas.hub.search;

/** A request the hub refuses, with the HTTP status, the FHIR issue code and a sentence that names the place and the rule. */
class BadSearch extends RuntimeException {

    private final int status;
    private final String code;

    BadSearch(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /** A parameter is malformed, missing or unknown. */
    static BadSearch malformed(String parameter, String rule) {
        return new BadSearch(400, "invalid", "Parameter " + parameter + ": " + rule);
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }
}
