package fr.sas.hub.slot;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.jspecify.annotations.Nullable;

/**
 * Stores a {@link StructureId} in an entity's column; must be named explicitly, since every structure is also a {@link
 * Subject}.
 */
@Converter
public class StructureIdColumn implements AttributeConverter<StructureId, String> {

    @Override
    public @Nullable String convertToDatabaseColumn(@Nullable StructureId id) {
        return id == null ? null : id.value();
    }

    @Override
    public @Nullable StructureId convertToEntityAttribute(@Nullable String column) {
        return column == null ? null : new StructureId(column);
    }
}
