package fr.sas.hub.slot;

import org.jspecify.annotations.Nullable;

/** A CPTS that a slot belongs to; {@code phone} in the +33 form when certain. */
public record Community(
        StructureId id, @Nullable String name, @Nullable String phone) {}
