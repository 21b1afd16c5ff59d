/** Bookings: those that vendors declare and those that the platform makes. Takes booked slots out of the index. */
@ApplicationModule(
        allowedDependencies = {
            "slot",
            "json",
            "fhir",
            "rule",
            "directory",
            "vendor",
            "asking",
            "agenda",
            "index",
            "access",
            "access :: interaction",
            "database"
        })
@NullMarked
package fr.sas.hub.appointment;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
