package fr.sas.hub.line;

/**
 * Something told to a vendor's server.
 *
 * @param method POST, PUT or GET
 * @param path below the vendor's base address, query included, encoded; begins with a slash
 * @param json a FHIR resource, UTF-8; empty for GET
 */
public record VendorCall(String method, String path, byte[] json) {}
