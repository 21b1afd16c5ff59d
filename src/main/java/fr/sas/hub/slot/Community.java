package fr.sas.hub.slot;

import org.jspecify.annotations.Nullable;

/** A CPTS that a slot belongs to; {@code phone} in +33 form when known for certain. */
public record Community(
        StructureId id, @Nullable String name, @Nullable String phone) {}
