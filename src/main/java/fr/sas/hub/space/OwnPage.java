package fr.sas.hub.space;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A page only about the person who is signed in: it requires no right. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface OwnPage {}
