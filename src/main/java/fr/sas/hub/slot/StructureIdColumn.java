package fr.sas.hub.slot;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.jspecify.annotations.Nullable;

/** How {@link StructureId} stands in columns of entities; named where it is meant, since every structure is a {@link Subject} too. */
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
