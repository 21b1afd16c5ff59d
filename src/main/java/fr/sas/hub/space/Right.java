package fr.sas.hub.space;

import fr.sas.hub.delegation.Matter;
import fr.sas.hub.delegation.Matter.Extent;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a page needs to be allowed for the subject in its address: a row of the table of rights (docs/decisions/0014). */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Right {
    Matter value();

    Extent extent() default Extent.READ;
}
