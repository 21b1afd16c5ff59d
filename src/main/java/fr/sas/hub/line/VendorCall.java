package fr.sas.hub.line;

/**
 * A request that informs a vendor's server of something.
 *
 * @param method POST, PUT or GET
 * @param path below the vendor's base address, query included, encoded; begins with a slash
 * @param json a FHIR resource, UTF-8; empty for GET
 */
public record VendorCall(String method, String path, byte[] json) {}
