package fr.sas.hub.space;

import fr.sas.hub.delegation.Permission;
import fr.sas.hub.delegation.Permission.Extent;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The right that a page requires for the subject in its address: a row of the table of rights (docs/decisions/0014).
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface RequiredPermission {
    Permission value();

    Extent extent() default Extent.READ;
}
